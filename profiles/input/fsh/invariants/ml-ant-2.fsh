Invariant: ml-ant-2
Severity: #warning
Description: "Poids hors de 0,3 à 300 kg : vérifiez l'unité, car la dose d'un médicament se calcule au poids."
Expression: "iif(code.coding.where(system = 'http://loinc.org' and (code = '29463-7' or code = '8339-4')).exists() and value.ofType(Quantity).where(code = 'kg' and value.exists()).exists(), value.ofType(Quantity).value >= 0.3 and value.ofType(Quantity).value <= 300, true)"
* insert EnglishRule([["Weight outside 0.3 to 300 kg: check the unit, because the dose of a medicine is computed by weight."]])
