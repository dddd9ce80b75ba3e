Invariant: ml-vs-3
Severity: #warning
Description: "Saturation au-dessus de 100 % : vérifiez la saisie, un chiffre a pu être ajouté."
Expression: "iif(code.coding.where(system = 'http://loinc.org' and (code = '2708-6' or code = '59408-5')).exists() and value.ofType(Quantity).value.exists(), value.ofType(Quantity).value <= 100, true)"
* insert EnglishRule([["Saturation above 100 %: check the entry, a digit may have been added."]])
