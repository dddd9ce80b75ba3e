Invariant: ml-aud-1
Severity: #warning
Description: "Dites qui a demandé (agent.requestor = true) : une trace sans auteur ne prouve rien."
Expression: "agent.where(requestor = true).exists()"
* insert EnglishRule([["Say who asked (agent.requestor = true): a trace without an author proves nothing."]])
