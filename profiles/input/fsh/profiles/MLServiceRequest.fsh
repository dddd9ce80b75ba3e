Profile: MLServiceRequest
Parent: ServiceRequest
Id: ml-service-request
Title: "Demande (Mali)"
Description: "Une demande faite à un autre service : avis d'expert, examen, référence."
* insert Published([["Request (Mali)"]], [["A request made to another service: expert opinion, test, referral."]])
* obeys ml-req-1
* insert Expected(identifier, [["Le numéro du bulletin d'examen ou de la fiche de référence."]], [["The number of the test request or of the referral form."]])
* insert Expected(status, [["Une demande annulée ne doit pas être servie."]], [["A cancelled request must not be carried out."]])
* insert Expected(category, [["Avis, laboratoire, référence : chaque service cherche les siennes."]], [["Opinion, laboratory, referral: each service looks for its own."]])
* category from $request-category-vs (preferred)
* insert Expected(priority, [["Une urgence passe devant."]], [["An emergency goes first."]])
* insert Expected(code, [["Ce qui est demandé, en clair s'il n'est pas codé."]], [["What is asked, in words when it is not coded."]])
* insert Expected(subject, [["La personne pour qui on demande."]], [["The person it is asked for."]])
* insert Expected(encounter, [["Le contact où la demande est née."]], [["The encounter that gave rise to it."]])
* insert Expected(authoredOn, [["Le délai de réponse se compte depuis cette date."]], [["The time to answer is counted from this date."]])
* insert Expected(requester, [["La réponse revient à celui qui demande."]], [["The answer goes back to who asked."]])
* insert Expected(performer, [["Le site ou l'expert sollicité."]], [["The site or expert that is asked."]])
* insert Expected(reasonCode, [["Le motif oriente l'expert."]], [["The reason guides the expert."]])
* insert Expected(reasonReference, [["Le diagnostic ou le constat qui motive la demande."]], [["The diagnosis or finding behind the request."]])
* insert Expected(supportingInfo, [["Images et résultats joints, sans lesquels l'expert ne peut pas répondre."]], [["Pictures and results attached, without which the expert cannot answer."]])
