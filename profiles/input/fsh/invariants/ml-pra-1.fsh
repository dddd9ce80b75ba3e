Invariant: ml-pra-1
Severity: #warning
Description: "Donnez un nom ou un matricule : un soignant que rien ne désigne n'engage personne."
Expression: "name.exists() or identifier.value.exists()"
* insert EnglishRule([["Give a name or a staff number: a carer whom nothing names commits nobody."]])
