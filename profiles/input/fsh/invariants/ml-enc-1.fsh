Invariant: ml-enc-1
Severity: #warning
Description: "Donnez la date de début (period.start) : sans elle, le contact n'entre dans aucune semaine épidémiologique."
Expression: "status in ('planned' | 'cancelled' | 'entered-in-error' | 'unknown') or period.start.exists()"
* insert EnglishRule([["Give the start date (period.start): without it the encounter falls in no epidemiological week."]])
