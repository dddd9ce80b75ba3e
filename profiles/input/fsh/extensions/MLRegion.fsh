Extension: MLRegion
Id: ml-ext-region
Title: "Région"
Description: "La région, codée dans le découpage d'avant 2023 ou dans celui de la loi 2023-007 ; le système du code dit lequel. Les deux peuvent figurer."
Context: Address
* insert Published([["Region"]], [["The region, coded in the division before 2023 or in that of law 2023-007; the system of the code says which. Both may be given."]])
* value[x] 1..1
* value[x] only Coding
* value[x] from $region-vs (required)
* valueCoding.system 1..1
* valueCoding.code 1..1
* insert Why(value[x], [["Un code de la liste : une région inconnue ne se compte nulle part."]], [["A code of the list: an unknown region is counted nowhere."]])
* insert Why(valueCoding.system, [["Un même code désigne deux lieux selon le découpage : le système dit lequel."]], [["One code names two places depending on the division: the system says which."]])
* insert Why(valueCoding.code, [["C'est par le code que l'on compte."]], [["Counting is done by the code."]])
