Invariant: ml-vs-1
Severity: #warning
Description: "Température hors de 25 à 45 °C : vérifiez la saisie et l'unité, car une fièvre se confond avec une faute de frappe."
Expression: "iif(code.coding.where(system = 'http://loinc.org' and code = '8310-5').exists() and value.ofType(Quantity).where(code = 'Cel' and value.exists()).exists(), value.ofType(Quantity).value >= 25 and value.ofType(Quantity).value <= 45, true)"
* insert EnglishRule([["Temperature outside 25 to 45 °C: check entry and unit, because a fever is mistaken for a typing error."]])
