Invariant: ml-pat-4
Severity: #warning
Description: "Une personne n'a qu'un NINA en vigueur : marquez l'ancien use = old et le provisoire use = temp, sinon deux dossiers risquent d'être confondus."
Expression: "identifier.where(system.endsWith('/id/nina') and (use.empty() or use = 'usual' or use = 'official')).value.distinct().count() <= 1"
* insert EnglishRule([["A person has one NINA in force: mark the former use = old and the provisional use = temp, or two records may be mistaken for one."]])
