Invariant: ml-lab-1
Severity: #warning
Description: "Un résultat chiffré porte son unité (unit ou code) : une glycémie en g/L lue en mmol/L mène au mauvais traitement."
Expression: "value.ofType(Quantity).where(unit.exists().not() and code.exists().not()).empty()"
* insert EnglishRule([["A figure carries its unit (unit or code): a blood sugar in g/L read as mmol/L leads to the wrong treatment."]])
