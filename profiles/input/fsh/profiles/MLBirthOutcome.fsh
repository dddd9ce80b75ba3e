Profile: MLBirthOutcome
Parent: MLObservation
Id: ml-birth-outcome
Title: "Issue de la naissance (Mali)"
Description: "Ce qu'il est advenu d'un enfant à la naissance, une observation par enfant. S'applique à toute observation codée ainsi."
* insert Published([["Birth outcome (Mali)"]], [["What became of a child at birth, one observation a child. Applies to every observation coded as such."]])
* insert AppliesWhen(code, $observation, birth-outcome, [["Le code dit que c'est l'issue d'une naissance."]], [["The code says that this is a birth outcome."]])
* value[x] only CodeableConcept
* value[x] from $birth-outcome-vs (required)
* insert Why(value[x], [["Liste courte et stable : un mort-né écrit en clair n'entre pas dans la mortalité périnatale."]], [["A short, stable list: a stillbirth in words does not enter perinatal mortality."]])
* insert Expected(focus, [["L'enfant, quand il a son propre dossier."]], [["The child, where it has a record of its own."]])
