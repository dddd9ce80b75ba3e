Instance: MLTopicTeleExpertiseAnswered
InstanceOf: Basic
Usage: #definition
* insert Topic(tele-expertise-answered, [["Réponse de télé-expertise"]], [["Tele-expertise answered"]])
* insert Trigger(Communication, [["status=completed&category=https://keneya.ml/fhir/CodeSystem/ml-communication-category|tele-expertise-answer"]], [["L'expert a répondu à une demande."]], [["The expert answered a request."]])
