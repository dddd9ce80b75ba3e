Invariant: ml-con-2
Severity: #warning
Description: "Un code CIM-10 s'écrit comme B05 ou B05.9 : vérifiez la saisie. Ce n'est qu'un avertissement, car la liste CIM-10 n'est pas livrée avec le serveur."
Expression: "code.hasValue().not() or code.matches('^[A-Z][0-9][0-9A-Z](\\\\.[0-9A-Z]{1,4})?$')"
* insert EnglishRule([["An ICD-10 code looks like B05 or B05.9: check the entry. A warning only, because the ICD-10 list is not delivered with the server."]])
