Instance: MLTopicNotifiableCase
InstanceOf: Basic
Usage: #definition
* insert Topic(notifiable-case, [["Cas à notification enregistré"]], [["Notifiable case recorded"]])
* insert Trigger(Condition, [["code:in=https://keneya.ml/fhir/ValueSet/ml-notifiable-disease"]], [["Un diagnostic d'une maladie à notification entre, ou est corrigé."]], [["A diagnosis of a notifiable disease comes in or is corrected."]])
