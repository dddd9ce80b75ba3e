Extension: MLAlertLevel
Id: ml-ext-alert-level
Title: "Niveau de l'alerte"
Description: "Si la règle franchie demande d'investiguer, de donner l'alerte ou de déclarer l'épidémie : la riposte n'est pas la même."
Context: Flag
* insert Published([["Alert level"]], [["Whether the rule that was met asks to investigate, to raise an alert or to declare an epidemic: the response differs."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $alert-level-vs (required)
* insert Why(value[x], [["Alerte ou épidémie : le niveau décide de qui doit agir, et en combien de temps."]], [["Alert or epidemic: the level decides who must act, and how fast."]])
