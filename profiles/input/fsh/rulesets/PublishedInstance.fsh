// What a published questionnaire or measure carries, beside its own content.
RuleSet: PublishedInstance(type, id, french, english)
* id = "{id}"
* language = #fr
* url = "https://keneya.ml/fhir/{type}/{id}"
* version = "0.1.0"
* title = {french}
* insert InEnglish(title, [[{english}]])
* status = #draft
* experimental = false
* publisher = "Kènèya"
* jurisdiction = urn:iso:std:iso:3166#ML
