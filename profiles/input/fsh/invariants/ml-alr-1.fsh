Invariant: ml-alr-1
Severity: #warning
Description: "Donnez le début de l'alerte (period.start), et sa fin quand elle est levée : la durée de riposte se mesure ainsi."
Expression: "period.start.exists() and (status = 'active' or period.end.exists())"
* insert EnglishRule([["Give the beginning of the alert (period.start), and its end when lifted: the duration of the response is measured this way."]])
