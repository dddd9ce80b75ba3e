Invariant: ml-aud-3
Severity: #warning
Description: "Un accès par l'interface (rest) nomme au moins deux agents, le client et le serveur : la trace se lit des deux côtés."
Expression: "type.code != 'rest' or agent.count() >= 2"
* insert EnglishRule([["An access through the interface (rest) names at least two agents, client and server: the trace is read from both sides."]])
