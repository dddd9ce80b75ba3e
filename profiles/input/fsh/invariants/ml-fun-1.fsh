Invariant: ml-fun-1
Severity: #warning
Description: "Donnez une réponse pour chacun des six domaines (component), ou dites pourquoi elle manque : une question sautée passe pour une absence de difficulté."
Expression: "component.code.coding.where(system.endsWith('/ml-functioning-domain')).code.distinct().count() >= 6"
* insert EnglishRule([["Give an answer for each of the six domains (component), or say why it is absent: a skipped question is taken for no difficulty."]])
