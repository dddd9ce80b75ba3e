// What an element means to Mali, in a few words, in both languages.
RuleSet: Short(path, french, english)
* {path} ^short = {french}
* {path} ^short.extension[0].url = $translation
* {path} ^short.extension[0].extension[0].url = "lang"
* {path} ^short.extension[0].extension[0].valueCode = #en
* {path} ^short.extension[0].extension[1].url = "content"
* {path} ^short.extension[0].extension[1].valueString = {english}
