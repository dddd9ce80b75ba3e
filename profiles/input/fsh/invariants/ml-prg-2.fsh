Invariant: ml-prg-2
Severity: #warning
Description: "La date des dernières règles ou du terme s'écrit comme une date (valueDateTime) : en texte, le terme ne se calcule pas."
Expression: "iif(code.coding.where(system = 'http://loinc.org' and (code = '8665-2' or code = '11778-8')).exists() and value.exists(), value is dateTime, true)"
* insert EnglishRule([["The date of the last period or of the term is written as a date (valueDateTime): from text the term cannot be computed."]])
