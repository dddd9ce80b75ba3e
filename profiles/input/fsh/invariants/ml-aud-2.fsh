Invariant: ml-aud-2
Severity: #warning
Description: "Désignez le patient par sa référence (entity.what), sans nom : la trace est lue par d'autres que les soignants."
Expression: "entity.where(type.code = '1' and role.code = '1').all(what.exists() and name.exists().not())"
* insert EnglishRule([["Name the patient by reference (entity.what), without a name: the trace is read by others than carers."]])
