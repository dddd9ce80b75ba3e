// The same for the sentence of an invariant, which a refused sender reads.
RuleSet: EnglishRule(text)
* human.extension[0].url = $translation
* human.extension[0].extension[0].url = "lang"
* human.extension[0].extension[0].valueCode = #en
* human.extension[0].extension[1].url = "content"
* human.extension[0].extension[1].valueString = {text}
