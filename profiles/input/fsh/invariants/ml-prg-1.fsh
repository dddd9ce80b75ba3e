Invariant: ml-prg-1
Severity: #warning
Description: "Âge gestationnel hors de 0 à 45 semaines : vérifiez la saisie, car le calendrier prénatal en dépend."
Expression: "iif(code.coding.where((system = 'http://loinc.org' and code = '18185-9') or code = 'weeks-of-amenorrhoea').exists() and value.ofType(Quantity).where(code = 'wk' and value.exists()).exists(), value.ofType(Quantity).value >= 0 and value.ofType(Quantity).value <= 45, true)"
* insert EnglishRule([["Gestational age outside 0 to 45 weeks: check the entry, because the antenatal schedule depends on it."]])
