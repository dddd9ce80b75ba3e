Profile: MLFunctioning
Parent: MLObservation
Id: ml-functioning
Title: "Fonctionnement, jeu abrégé du Groupe de Washington (Mali)"
Description: "Les six réponses sur la difficulté à voir, entendre, marcher, se souvenir, prendre soin de soi et communiquer. Une personne a un handicap quand elle répond « beaucoup » ou « ne peut pas » à une question au moins."
* insert Published([["Functioning, Washington Group short set (Mali)"]], [["The six answers on difficulty seeing, hearing, walking, remembering, with self-care and communicating. A person has a disability who answers “a lot” or “cannot” at least once."]])
* insert AppliesWhen(code, $observation, functioning, [["Le code dit que ce sont les six questions."]], [["The code says that these are the six questions."]])
* obeys ml-fun-1
* insert Expected(component, [["Une réponse par domaine : un total cacherait de quelle aide la personne a besoin."]], [["One answer a domain: a total would hide which help the person needs."]])
* component.code from $functioning-domain-vs (required)
* insert Why(component.code, [["Les six domaines sont fixés par le Groupe de Washington ; un autre ne se compare pas."]], [["The six domains are fixed by the Washington Group; another one does not compare."]])
* component.value[x] only CodeableConcept
* component.value[x] from $functioning-difficulty-vs (required)
* insert Why(component.value[x], [["Les quatre degrés sont fixés ; un texte libre ne se compte pas."]], [["The four degrees are fixed; free text cannot be counted."]])
