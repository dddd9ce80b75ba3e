Invariant: ml-cpf-2
Severity: #warning
Description: "Dites qui signale l'enfant (author) : le service qui agit doit pouvoir l'interroger."
Expression: "author.exists()"
* insert EnglishRule([["Say who flags the child (author): the service that acts must be able to ask."]])
