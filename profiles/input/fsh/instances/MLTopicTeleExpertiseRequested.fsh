Instance: MLTopicTeleExpertiseRequested
InstanceOf: Basic
Usage: #definition
* insert Topic(tele-expertise-requested, [["Demande de télé-expertise"]], [["Tele-expertise requested"]])
* insert Trigger(ServiceRequest, [["status=active&category=https://keneya.ml/fhir/CodeSystem/ml-request-category|tele-expertise"]], [["Un site demande l'avis d'un expert."]], [["A site asks for an expert's opinion."]])
