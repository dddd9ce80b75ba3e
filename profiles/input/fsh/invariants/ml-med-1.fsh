Invariant: ml-med-1
Severity: #warning
Description: "Donnez la posologie (dosageInstruction), en clair s'il le faut : la famille et le dispensateur en ont besoin."
Expression: "intent = 'proposal' or status in ('cancelled' | 'entered-in-error' | 'draft') or dosageInstruction.exists()"
* insert EnglishRule([["Give the dosage (dosageInstruction), in words if need be: the family and the dispenser need it."]])
