Extension: MLCercle
Id: ml-ext-cercle
Title: "Cercle"
Description: "Le cercle, codé dans l'un des deux découpages administratifs ; le système est obligatoire, car un même code désigne des lieux différents selon le découpage."
Context: Address
* insert Published([["Cercle"]], [["The cercle, coded in one of the two administrative divisions; the system is mandatory, because one code names different places in each."]])
* value[x] 1..1
* value[x] only Coding
* value[x] from $cercle-vs (extensible)
* valueCoding.system 1..1
* valueCoding.code 1..1
* insert Why(value[x], [["Un code et non un nom : deux cercles s'écrivent de dix façons."]], [["A code and not a name: two cercles are spelt in ten ways."]])
* insert Why(valueCoding.system, [["Un même code désigne deux lieux selon le découpage : le système dit lequel."]], [["One code names two places depending on the division: the system says which."]])
* insert Why(valueCoding.code, [["C'est par le code que l'on compte."]], [["Counting is done by the code."]])
