Invariant: ml-con-1
Severity: #error
Description: "Un cas de surveillance a une date de début (onset) ou d'enregistrement (recordedDate) : sans date, il n'entre dans aucune semaine épidémiologique."
Expression: "extension.where(url.endsWith('/ml-ext-case-classification')).empty() or onset.exists() or recordedDate.exists()"
* insert EnglishRule([["A surveillance case has an onset or recorded date: without a date it falls in no epidemiological week."]])
