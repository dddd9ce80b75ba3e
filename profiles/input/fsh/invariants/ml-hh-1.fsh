Invariant: ml-hh-1
Severity: #warning
Description: "Donnez les membres du ménage ou leur nombre (quantity) : un ménage vide ne reçoit aucun appui."
Expression: "member.exists() or quantity.exists()"
* insert EnglishRule([["Give the members of the household or their number (quantity): an empty household receives no support."]])
