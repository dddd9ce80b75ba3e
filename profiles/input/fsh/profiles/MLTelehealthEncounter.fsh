Profile: MLTelehealthEncounter
Parent: MLEncounter
Id: ml-telehealth-encounter
Title: "Contact de télésanté (Mali)"
Description: "Une téléconsultation ou une télé-expertise : le site qui demande et le site qui répond sont tous deux nommés, car chacun compte son activité. S'applique aux contacts qui s'en réclament dans meta.profile."
* insert Published([["Telehealth encounter (Mali)"]], [["A teleconsultation or a remote expert opinion: the requesting and the answering site are both named, because each counts its activity. Applies to encounters that claim it in meta.profile."]])
* class = $act-code#VR
* extension[requestingSite] 1..1
* extension[answeringSite] 1..1
* serviceType from $telehealth-speciality-vs (extensible)
* serviceType ^short = "Spécialité sollicitée"
