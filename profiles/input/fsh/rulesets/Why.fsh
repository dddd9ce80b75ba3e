// Why an element is constrained, in the place that FHIR gives it (ElementDefinition.requirements); the guide prints it.
RuleSet: Why(path, french, english)
* {path} ^requirements = {french}
* {path} ^requirements.extension[0].url = $translation
* {path} ^requirements.extension[0].extension[0].url = "lang"
* {path} ^requirements.extension[0].extension[0].valueCode = #en
* {path} ^requirements.extension[0].extension[1].url = "content"
* {path} ^requirements.extension[0].extension[1].valueMarkdown = {english}
