Invariant: ml-mrp-2
Severity: #warning
Description: "Un rapport rendu porte ses comptes, même à zéro (group) : un rapport vide se confond avec une absence de cas."
Expression: "status != 'complete' or group.exists()"
* insert EnglishRule([["A report that was handed in carries its counts, even zero (group): an empty report is mistaken for no cases."]])
