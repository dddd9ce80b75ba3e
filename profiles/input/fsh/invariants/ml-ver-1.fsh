Invariant: ml-ver-1
Severity: #warning
Description: "Dites ce que la vérification a trouvé (output) : une alerte close sans réponse se rouvre."
Expression: "status != 'completed' or output.exists()"
* insert EnglishRule([["Say what the verification found (output): an alert closed without an answer is opened again."]])
