Invariant: ml-mrp-1
Severity: #warning
Description: "Dites quelle structure déclare (reporter ou subject) : sans elle, la complétude ne se calcule pas."
Expression: "reporter.exists() or subject.exists()"
* insert EnglishRule([["Say which facility reports (reporter or subject): without it completeness cannot be computed."]])
