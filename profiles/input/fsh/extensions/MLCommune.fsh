Extension: MLCommune
Id: ml-ext-commune
Title: "Commune"
Description: "La commune, codée dans l'un des deux découpages administratifs ; le système est obligatoire, car un même code désigne des lieux différents selon le découpage."
Context: Address
* insert Published([["Commune"]], [["The commune, coded in one of the two administrative divisions; the system is mandatory, because one code names different places in each."]])
* value[x] 1..1
* value[x] only Coding
* value[x] from $commune-vs (extensible)
* valueCoding.system 1..1
* valueCoding.code 1..1
* insert Why(value[x], [["Un code et non un nom : plusieurs communes portent le même."]], [["A code and not a name: several communes bear the same."]])
* insert Why(valueCoding.system, [["Un même code désigne deux lieux selon le découpage : le système dit lequel."]], [["One code names two places depending on the division: the system says which."]])
* insert Why(valueCoding.code, [["C'est par le code que l'on compte."]], [["Counting is done by the code."]])
