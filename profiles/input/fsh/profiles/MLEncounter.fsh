Profile: MLEncounter
Parent: Encounter
Id: ml-encounter
Title: "Contact de soins (Mali)"
Description: "Une consultation, une visite, une séance de vaccination ou un séjour. Le patient est obligatoire, car un contact sans patient ne se rattache à personne ; la date et le lieu permettent de le compter par semaine et par région."
* insert Published([["Encounter (Mali)"]], [["A consultation, visit, vaccination session or stay. The patient is mandatory, because an encounter without one belongs to nobody; date and place let it be counted by week and region."]])
* obeys ml-enc-1 and ml-enc-2
* extension contains
    MLRequestingSite named requestingSite 0..1 MS and
    MLAnsweringSite named answeringSite 0..1 MS and
    MLTelehealthModality named modality 0..1 MS
* identifier MS
* class MS
* class from $encounter-class-vs (extensible)
* class ^short = "AMB sur place, VR à distance (télésanté), FLD en stratégie avancée, IMP hospitalisation…"
* type MS
* serviceType MS
* subject 1..1 MS
* subject ^requirements = "Un contact sans patient ne se rattache à personne."
* period MS
* reasonCode MS
* diagnosis MS
* location MS
* serviceProvider MS
