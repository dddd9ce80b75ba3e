Invariant: ml-dr-1
Severity: #warning
Description: "Un compte rendu rendu porte un résultat, une conclusion ou un document : vide, il se confond avec un examen normal."
Expression: "(status in ('final' | 'amended' | 'corrected')).not() or result.exists() or conclusion.exists() or conclusionCode.exists() or presentedForm.exists() or imagingStudy.exists() or media.exists()"
* insert EnglishRule([["A released report carries a result, a conclusion or a document: empty, it is mistaken for a normal test."]])
