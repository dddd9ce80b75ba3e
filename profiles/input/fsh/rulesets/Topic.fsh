// A subscription topic, in the form that the Subscriptions R5 Backport gives it in R4: Basic with the elements of R5's
// SubscriptionTopic as extensions. Write a Trigger after it for each kind of record that it watches.
RuleSet: Topic(code, french, english)
* id = "ml-topic-{code}"
* language = #fr
* code = $fhir-types#SubscriptionTopic
* modifierExtension[0].url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.status"
* modifierExtension[0].valueCode = #draft
* extension[0].url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.url"
* extension[0].valueUri = "https://keneya.ml/fhir/SubscriptionTopic/{code}"
* extension[1].url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.version"
* extension[1].valueString = "0.1.0"
* extension[2].url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.title"
* extension[2].valueString = {french}
* extension[2].valueString.extension[0].url = $translation
* extension[2].valueString.extension[0].extension[0].url = "lang"
* extension[2].valueString.extension[0].extension[0].valueCode = #en
* extension[2].valueString.extension[0].extension[1].url = "content"
* extension[2].valueString.extension[0].extension[1].valueString = {english}
