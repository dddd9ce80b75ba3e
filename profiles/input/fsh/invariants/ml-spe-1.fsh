Invariant: ml-spe-1
Severity: #warning
Description: "Donnez la date du prélèvement (collection.collected) : un prélèvement trop tardif ne confirme plus rien."
Expression: "status in ('unavailable' | 'entered-in-error') or collection.collected.exists()"
* insert EnglishRule([["Give the date of sampling (collection.collected): a specimen taken too late no longer confirms anything."]])
