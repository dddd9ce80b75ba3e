Profile: MLAnthropometry
Parent: MLObservation
Id: ml-anthropometry
Title: "Anthropométrie (Mali)"
Description: "Poids, taille, périmètre brachial, œdèmes : le dépistage de la malnutrition. S'applique à toute mesure codée ainsi."
* insert Published([["Anthropometry (Mali)"]], [["Weight, height, mid-upper arm circumference, oedema: the screening for malnutrition. Applies to every measurement coded as such."]])
* insert AppliesWhenIn(code, $anthropometry-vs, [["Le code dit que c'est une mesure du corps."]], [["The code says that it is a measurement of the body."]])
* obeys ml-ant-1 and ml-ant-2 and ml-vs-2
* code from $anthropometry-vs (extensible)
* insert Why(code, [["Un même code partout, pour suivre la croissance d'un enfant déplacé."]], [["One code everywhere, so that a displaced child's growth can be followed."]])
