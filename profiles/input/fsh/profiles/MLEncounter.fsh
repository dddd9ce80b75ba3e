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
    MLTelehealthModality named modality 0..1 MS and
    MLTelehealthOutcome named outcome 0..1 MS
* insert Why(extension[requestingSite], [["L'activité de télésanté se compte au site qui demande."]], [["Telehealth activity is counted at the site that asks."]])
* insert Why(extension[answeringSite], [["Elle se compte aussi au site qui répond."]], [["It is counted at the site that answers as well."]])
* insert Why(extension[modality], [["Vidéo, voix ou messages différés n'ont ni le même coût ni le même réseau."]], [["Video, voice and deferred messages differ in cost and network."]])
* insert Why(extension[outcome], [["Elle dit si l'avis à distance a évité une évacuation."]], [["It says whether the remote opinion avoided an evacuation."]])
* insert Expected(identifier, [["Le numéro du registre de consultation retrouve la ligne sur papier."]], [["The number in the consultation register finds the line on paper."]])
* insert Expected(class, [["Sur place, en stratégie avancée ou à distance : l'activité se compte par classe."]], [["On the spot, outreach or remote: activity is counted by class."]])
* class from $encounter-class-vs (extensible)
* insert Short(class, [["AMB sur place, VR à distance (télésanté), FLD en stratégie avancée, IMP hospitalisation…"]], [["AMB on the spot, VR at a distance (telehealth), FLD outreach, IMP in hospital…"]])
* insert Expected(type, [["Prénatale, curative, vaccination : pour quoi la personne est vue."]], [["Antenatal, curative, vaccination: what the person is seen for."]])
* type from $contact-type-vs (preferred)
* insert Expected(serviceType, [["Le service ou la spécialité."]], [["The service or speciality."]])
* subject 1..1
* insert Expected(subject, [["Un contact sans patient ne se rattache à personne."]], [["An encounter without a patient belongs to nobody."]])
* insert Expected(period, [["Sans date, le contact n'entre dans aucune semaine épidémiologique."]], [["Without a date the encounter falls in no epidemiological week."]])
* insert Expected(reasonCode, [["Le motif, en clair s'il n'est pas codé."]], [["The reason, in words when it is not coded."]])
* insert Expected(diagnosis, [["Relie le contact au diagnostic retenu."]], [["Links the encounter to the diagnosis made."]])
* insert Expected(episodeOfCare, [["Rattache le contact au suivi d'un programme."]], [["Links the encounter to a programme's follow-up."]])
* insert Expected(location, [["Le lieu du contact permet de compter par région."]], [["The place of the encounter lets it be counted by region."]])
* insert Expected(serviceProvider, [["La structure répond du contact et le déclare."]], [["The facility answers for the encounter and reports it."]])
