Extension: MLOccupation
Id: ml-ext-occupation
Title: "Occupation"
Description: "L'occupation habituelle, qui oriente l'enquête devant certaines maladies (éleveur et fièvre de la vallée du Rift, orpailleur et paludisme)."
Context: Patient
* insert Published([["Occupation"]], [["The usual occupation, which guides the investigation of some diseases (herder and Rift Valley fever, gold miner and malaria)."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $occupation-vs (extensible)
* insert Why(value[x], [["Un code, pour voir quels métiers une maladie touche."]], [["A code, to see which occupations a disease strikes."]])
