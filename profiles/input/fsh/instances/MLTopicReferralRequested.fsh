Instance: MLTopicReferralRequested
InstanceOf: Basic
Usage: #definition
* insert Topic(referral-requested, [["Référence demandée"]], [["Referral requested"]])
* insert Trigger(ServiceRequest, [["status=active&category=https://keneya.ml/fhir/CodeSystem/ml-request-category|referral"]], [["Un malade est envoyé à une autre structure, qui doit l'attendre."]], [["A patient is sent to another facility, which has to expect them."]])
