Instance: MLTopicAlertRaised
InstanceOf: Basic
Usage: #definition
* insert Topic(alert-raised, [["Alerte levée"]], [["Alert raised"]])
* insert Trigger(Flag, [["status=active&category=https://keneya.ml/fhir/CodeSystem/ml-flag-category|surveillance-alert"]], [["Le seuil d'une maladie est franchi dans un lieu."]], [["The threshold of a disease is met in a place."]])
