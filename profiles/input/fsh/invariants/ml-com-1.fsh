Invariant: ml-com-1
Severity: #warning
Description: "Datez un message envoyé (sent) : sans heure, le délai de réponse ou de notification ne se mesure pas."
Expression: "status != 'completed' or sent.exists()"
* insert EnglishRule([["Date a message that was sent (sent): without a time the delay of answer or notification cannot be measured."]])
