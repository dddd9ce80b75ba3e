Invariant: ml-csh-1
Severity: #warning
Description: "Donnez le début et la fin de l'inscription (period) : un transfert sans fin passe pour encore versé."
Expression: "period.start.exists() and period.end.exists()"
* insert EnglishRule([["Give the beginning and the end of the enrolment (period): a transfer without end is taken for still paid."]])
