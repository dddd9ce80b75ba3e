Extension: MLResidenceStatus
Id: ml-ext-residence-status
Title: "Situation de résidence"
Description: "Si la personne réside sur place, est déplacée interne, réfugiée, rapatriée ou nomade. Donnée sensible."
Context: Patient
* insert Published([["Residence status"]], [["Whether the person is a resident, internally displaced, a refugee, a returnee or nomadic. Sensitive."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $residence-status-vs (required)
* insert Why(value[x], [["Une liste fermée : un déplacé mal compté manque à la population servie."]], [["A closed list: a displaced person wrongly counted is missing from the population served."]])
