Invariant: ml-ant-1
Severity: #warning
Description: "Périmètre brachial hors de 60 à 500 mm : vérifiez l'unité, car des centimètres écrits comme millimètres changent le tri nutritionnel."
Expression: "iif(code.coding.where((system = 'http://loinc.org' and code = '56072-2') or (system.endsWith('/ml-observation') and code = 'muac')).exists() and value.ofType(Quantity).where(value.exists() and (code = 'mm' or code = 'cm')).exists(), iif(value.ofType(Quantity).code = 'mm', value.ofType(Quantity).value >= 60 and value.ofType(Quantity).value <= 500, value.ofType(Quantity).value >= 6 and value.ofType(Quantity).value <= 50), true)"
* insert EnglishRule([["Mid-upper arm circumference outside 60 to 500 mm: check the unit, because centimetres written as millimetres change the nutritional triage."]])
