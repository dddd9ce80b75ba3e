Invariant: ml-req-1
Severity: #warning
Description: "Datez la demande (authoredOn) : sans date, le délai de réponse ne se mesure pas."
Expression: "status in ('draft' | 'entered-in-error' | 'unknown') or authoredOn.exists()"
* insert EnglishRule([["Date the request (authoredOn): without a date the time to answer cannot be measured."]])
