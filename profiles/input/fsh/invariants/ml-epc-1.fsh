Invariant: ml-epc-1
Severity: #warning
Description: "Datez l'entrée dans le programme (period.start), et la sortie d'un suivi terminé (period.end) : la durée d'appui se mesure ainsi."
Expression: "status in ('planned' | 'waitlist' | 'cancelled' | 'entered-in-error') or (period.start.exists() and (status != 'finished' or period.end.exists()))"
* insert EnglishRule([["Date the entry into the programme (period.start), and the exit when it is finished (period.end): the duration of support is measured this way."]])
