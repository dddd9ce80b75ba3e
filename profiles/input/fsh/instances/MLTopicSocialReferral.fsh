Instance: MLTopicSocialReferral
InstanceOf: Basic
Usage: #definition
* insert Topic(social-referral, [["Orientation vers un service social"]], [["Referral to a social service"]])
* insert Trigger(Task, [["status=requested&code=https://keneya.ml/fhir/CodeSystem/ml-task-type|social-referral,https://keneya.ml/fhir/CodeSystem/ml-task-type|birth-registration,https://keneya.ml/fhir/CodeSystem/ml-task-type|household-support"]], [["Un enfant ou un ménage est confié au service qui doit agir."]], [["A child or a household is entrusted to the service that must act."]])
