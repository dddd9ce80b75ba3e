Invariant: ml-pro-1
Severity: #warning
Description: "Donnez la date d'un acte fait (performed) : sans elle, il n'entre dans aucune période."
Expression: "status != 'completed' or performed.exists()"
* insert EnglishRule([["Give the date of an act that was done (performed): without it, it falls in no period."]])
