Extension: MLHealthParent
Id: ml-ext-health-parent
Title: "Niveau sanitaire supérieur"
Description: "Le lieu au-dessus dans la carte sanitaire (aire de santé, district, région sanitaire), qui n'est pas la carte administrative de partOf."
Context: Location
* insert Published([["Health level above"]], [["The place above it in the health map (health area, district, sanitary region), which is not the administrative map of partOf."]])
* value[x] 1..1
* value[x] only Reference(Location)
* insert Why(value[x], [["Une référence au niveau sanitaire au-dessus : il n'est pas toujours le niveau administratif."]], [["A reference to the sanitary level above: it is not always the administrative one."]])
