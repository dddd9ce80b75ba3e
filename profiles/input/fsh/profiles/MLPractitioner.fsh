Profile: MLPractitioner
Parent: Practitioner
Id: ml-practitioner
Title: "Professionnel de santé (Mali)"
Description: "Une personne qui soigne, vaccine, accompagne ou expertise. La formation à la télésanté est une qualification."
* insert Published([["Health worker (Mali)"]], [["A person who cares, vaccinates, supports or gives opinions. Telehealth training is a qualification."]])
* obeys ml-pra-1
* insert IdentifiersBySystem
* identifier contains staff 0..* MS
* insert IdentifierSystem(staff, $practitioner, [["Matricule ou numéro d'ordre"]], [["Staff or professional registration number"]])
* insert Expected(active, [["Un agent parti ne répond plus aux demandes."]], [["A worker who left no longer answers requests."]])
* insert Expected(name, [["Le nom qui signe."]], [["The name that signs."]])
* insert Expected(telecom, [["Le numéro de garde."]], [["The number on duty."]])
* insert Expected(qualification, [["Diplômes et formations, avec leur date : une formation se périme."]], [["Diplomas and trainings, with their date: training goes out of date."]])
* qualification.code from $qualification-vs (preferred)
* insert Why(qualification.code, [["La formation à la télésanté se compte par district."]], [["Telehealth training is counted by district."]])
* insert Expected(communication, [["La langue choisit l'expert qui parle celle du patient."]], [["The language chooses an expert who speaks the patient's."]])
