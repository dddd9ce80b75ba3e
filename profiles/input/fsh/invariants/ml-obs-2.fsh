Invariant: ml-obs-2
Severity: #error
Description: "Un résultat rendu porte la date de la mesure (effective) ou du rendu (issued) : sans date, il n'entre dans aucune période."
Expression: "(status in ('preliminary' | 'final' | 'amended' | 'corrected')).not() or effective.exists() or issued.exists()"
* insert EnglishRule([["A reported result carries the date of measurement (effective) or of release (issued): without a date it falls in no period."]])
