Invariant: ml-imm-3
Severity: #warning
Description: "Dites pourquoi la dose n'a pas été donnée (statusReason) : rupture de stock, refus et contre-indication appellent des réponses différentes."
Expression: "iif(status = 'not-done', statusReason.exists(), true)"
* insert EnglishRule([["Say why the dose was not given (statusReason): stock-out, refusal and contra-indication call for different answers."]])
