Profile: MLTelehealthEncounter
Parent: MLEncounter
Id: ml-telehealth-encounter
Title: "Contact de télésanté (Mali)"
Description: "Une téléconsultation ou une télé-expertise : le site qui demande et le site qui répond sont tous deux nommés, car chacun compte son activité. S'applique à tout contact de classe VR, réclamé ou non ; un site qui manque est signalé et le contact gardé."
* insert Published([["Telehealth encounter (Mali)"]], [["A teleconsultation or a remote expert opinion: the requesting and the answering site are both named, because each counts its activity. Applies to every encounter of class VR, claimed or not; a missing site is pointed out and the encounter kept."]])
* insert AppliesWhen(class, $act-code, VR, [["La classe VR dit que le contact est à distance."]], [["Class VR says that the contact is remote."]])
* obeys ml-tlh-1
* class = $act-code#VR
* insert Why(class, [["Une téléconsultation comptée sur place fausse les deux activités."]], [["A teleconsultation counted as on the spot falsifies both counts."]])
* insert Expected(serviceType, [["La spécialité sollicitée dit quels experts manquent."]], [["The speciality asked for tells which experts are missing."]])
* serviceType from $telehealth-speciality-vs (extensible)
* insert Short(serviceType, [["Spécialité sollicitée"]], [["Speciality that is asked for"]])
