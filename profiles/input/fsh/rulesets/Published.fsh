// What every published artefact carries. The guide speaks French; the English title and description ride along in the
// translation extension of FHIR.
RuleSet: Published(title, description)
* ^language = #fr
* ^publisher = "Kènèya"
* ^jurisdiction = urn:iso:std:iso:3166#ML
* ^title.extension[0].url = $translation
* ^title.extension[0].extension[0].url = "lang"
* ^title.extension[0].extension[0].valueCode = #en
* ^title.extension[0].extension[1].url = "content"
* ^title.extension[0].extension[1].valueString = {title}
* ^description.extension[0].url = $translation
* ^description.extension[0].extension[0].url = "lang"
* ^description.extension[0].extension[0].valueCode = #en
* ^description.extension[0].extension[1].url = "content"
* ^description.extension[0].extension[1].valueMarkdown = {description}
