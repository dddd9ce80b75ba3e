Invariant: ml-vs-2
Severity: #warning
Description: "Donnez l'unité codée (UCUM : Cel, /min, mm[Hg], %) : 37 sans unité peut être une température ou un âge."
Expression: "value.ofType(Quantity).where(system.exists().not() or code.exists().not()).empty() and component.value.ofType(Quantity).where(system.exists().not() or code.exists().not()).empty()"
* insert EnglishRule([["Give the coded unit (UCUM: Cel, /min, mm[Hg], %): 37 without a unit may be a temperature or an age."]])
