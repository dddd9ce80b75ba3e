Invariant: ml-obs-1
Severity: #error
Description: "Un résultat rendu porte une valeur, ou la raison de son absence (dataAbsentReason) : un résultat vide se confond avec un résultat normal."
Expression: "(status in ('preliminary' | 'final' | 'amended' | 'corrected')).not() or value.exists() or dataAbsentReason.exists() or component.exists() or hasMember.exists()"
* insert EnglishRule([["A reported result carries a value, or the reason why it is absent (dataAbsentReason): an empty result is mistaken for a normal one."]])
