// The English beside a French text of an instance.
RuleSet: InEnglish(path, english)
* {path}.extension[0].url = $translation
* {path}.extension[0].extension[0].url = "lang"
* {path}.extension[0].extension[0].valueCode = #en
* {path}.extension[0].extension[1].url = "content"
* {path}.extension[0].extension[1].valueString = {english}
