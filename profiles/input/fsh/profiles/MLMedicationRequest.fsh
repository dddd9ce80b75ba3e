Profile: MLMedicationRequest
Parent: MedicationRequest
Id: ml-medication-request
Title: "Prescription (Mali)"
Description: "Une prescription ; le médicament se donne en ATC ou en clair, car aucun dictionnaire national n'a été trouvé."
* insert Published([["Prescription (Mali)"]], [["A prescription; the medicine is given in ATC or in words, because no national dictionary was found."]])
* obeys ml-med-1
* insert Expected(identifier, [["Le numéro de l'ordonnance."]], [["The number of the prescription."]])
* insert Expected(status, [["Une prescription arrêtée ne se dispense plus."]], [["A stopped prescription is no longer dispensed."]])
* insert Expected(medication[x], [["Le médicament, en ATC ou en clair."]], [["The medicine, in ATC or in words."]])
* insert Expected(subject, [["La personne traitée."]], [["The person treated."]])
* insert Expected(encounter, [["Le contact où elle a été faite."]], [["The encounter in which it was made."]])
* insert Expected(authoredOn, [["La durée du traitement part de cette date."]], [["The duration of treatment starts at this date."]])
* insert Expected(requester, [["Qui en répond."]], [["Who answers for it."]])
* insert Expected(reasonCode, [["Le motif, pour le suivi des antipaludiques et des antibiotiques."]], [["The reason, to follow antimalarials and antibiotics."]])
* insert Expected(dosageInstruction, [["La posologie, relue à la famille."]], [["The dosage, read back to the family."]])
