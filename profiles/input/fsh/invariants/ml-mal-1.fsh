Invariant: ml-mal-1
Severity: #warning
Description: "Donnez le résultat comme code positif, négatif ou invalide : un résultat en texte n'entre pas dans le compte du paludisme confirmé."
Expression: "(status in ('preliminary' | 'final' | 'amended' | 'corrected')).not() or dataAbsentReason.exists() or value.ofType(CodeableConcept).coding.exists() or interpretation.coding.exists() or component.exists() or hasMember.exists()"
* insert EnglishRule([["Give the result as a code, positive, negative or invalid: a result in words does not enter the count of confirmed malaria."]])
