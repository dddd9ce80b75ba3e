Invariant: ml-rec-1
Severity: #warning
Description: "Donnez la date de chaque dose due (dateCriterion), ou dites qu'elle ne l'est plus : sans date, aucun rappel ne part."
Expression: "recommendation.all(forecastStatus.coding.code in ('complete' | 'immune' | 'contraindicated') or dateCriterion.exists())"
* insert EnglishRule([["Give the date of each dose due (dateCriterion), or say that it is no longer due: without a date no reminder is sent."]])
