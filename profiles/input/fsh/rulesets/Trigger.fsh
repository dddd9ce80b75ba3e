// What sets a topic off: a record of the type, created or changed, that meets the search afterwards.
RuleSet: Trigger(type, search, french, english)
* extension[3].url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.resourceTrigger"
* extension[3].extension[0].url = "description"
* extension[3].extension[0].valueMarkdown = {french}
* extension[3].extension[0].valueMarkdown.extension[0].url = $translation
* extension[3].extension[0].valueMarkdown.extension[0].extension[0].url = "lang"
* extension[3].extension[0].valueMarkdown.extension[0].extension[0].valueCode = #en
* extension[3].extension[0].valueMarkdown.extension[0].extension[1].url = "content"
* extension[3].extension[0].valueMarkdown.extension[0].extension[1].valueMarkdown = {english}
* extension[3].extension[1].url = "resource"
* extension[3].extension[1].valueUri = "http://hl7.org/fhir/StructureDefinition/{type}"
* extension[3].extension[2].url = "supportedInteraction"
* extension[3].extension[2].valueCode = #create
* extension[3].extension[3].url = "supportedInteraction"
* extension[3].extension[3].valueCode = #update
* extension[3].extension[4].url = "queryCriteria"
* extension[3].extension[4].extension[0].url = "resultForCreate"
* extension[3].extension[4].extension[0].valueCode = #test-passes
* extension[3].extension[4].extension[1].url = "current"
* extension[3].extension[4].extension[1].valueString = {search}
* extension[3].extension[4].extension[2].url = "resultForDelete"
* extension[3].extension[4].extension[2].valueCode = #test-fails
* extension[3].extension[4].extension[3].url = "requireBoth"
* extension[3].extension[4].extension[3].valueBoolean = false
