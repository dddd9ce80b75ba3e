Profile: MLTeleExpertiseAnswer
Parent: MLCommunication
Id: ml-tele-expertise-answer
Title: "Réponse de télé-expertise (Mali)"
Description: "L'avis de l'expert, rattaché à la demande. S'applique à tout message de catégorie réponse de télé-expertise."
* insert Published([["Tele-expertise answer (Mali)"]], [["The expert's opinion, tied to the request. Applies to every message of category tele-expertise answer."]])
* insert AppliesWhen(category, $communication-category, tele-expertise-answer, [["La catégorie dit que c'est un avis d'expert."]], [["The category says that this is an expert's opinion."]])
* basedOn 1..*
* basedOn only Reference(ServiceRequest)
* insert Why(basedOn, [["Un avis sans demande peut être suivi pour un autre malade."]], [["An opinion without its request may be followed for another patient."]])
* sender 1..1
* insert Why(sender, [["Un avis que personne ne signe n'engage personne."]], [["An opinion that nobody signs commits nobody."]])
* payload 1..*
* insert Why(payload, [["Une réponse vide se confond avec un avis rassurant."]], [["An empty answer is mistaken for a reassuring one."]])
