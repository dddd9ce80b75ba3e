Extension: MLVaccinationStrategy
Id: ml-ext-vaccination-strategy
Title: "Stratégie de vaccination"
Description: "Si la dose a été donnée en stratégie fixe, avancée, mobile ou lors d'une campagne : la couverture se calcule par stratégie."
Context: Immunization
* insert Published([["Vaccination strategy"]], [["Whether the dose was given at a fixed post, by outreach, by a mobile team or in a campaign: coverage is computed by strategy."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $vaccination-strategy-vs (required)
* insert Why(value[x], [["Une liste fermée : la couverture se lit par stratégie."]], [["A closed list: coverage is read by strategy."]])
