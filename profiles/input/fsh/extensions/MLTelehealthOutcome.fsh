Extension: MLTelehealthOutcome
Id: ml-ext-telehealth-outcome
Title: "Issue du contact de télésanté"
Description: "Ce qui a suivi l'avis à distance : sans cette réponse, nul ne sait si la télésanté évite des évacuations."
Context: Encounter
* insert Published([["Outcome of the telehealth contact"]], [["What followed the remote opinion: without this answer nobody knows whether telehealth avoids evacuations."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $telehealth-outcome-vs (extensible)
* insert Why(value[x], [["Un code : on compte les évacuations évitées."]], [["A code: evacuations avoided are counted."]])
