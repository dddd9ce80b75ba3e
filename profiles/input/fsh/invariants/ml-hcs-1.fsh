Invariant: ml-hcs-1
Severity: #warning
Description: "Dites quelle structure offre le service (providedBy) et lequel (type) : une demande doit savoir où aller."
Expression: "providedBy.exists() and (type.exists() or specialty.exists() or name.exists())"
* insert EnglishRule([["Say which facility offers the service (providedBy) and which service (type): a request must know where to go."]])
