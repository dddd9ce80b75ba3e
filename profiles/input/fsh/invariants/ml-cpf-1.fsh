Invariant: ml-cpf-1
Severity: #error
Description: "Posez l'étiquette child-protection, R ou V (meta.security) : ce signalement ne se lit que par les services chargés de l'enfant."
Expression: "meta.security.where((system.endsWith('/ml-sensitivity') and code = 'child-protection') or code in ('R' | 'V')).exists()"
* insert EnglishRule([["Put the label child-protection, R or V (meta.security): this flag is read only by the services in charge of the child."]])
