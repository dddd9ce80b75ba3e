RuleSet: Phq9Item(link, code, french, english)
* item[+].linkId = "{link}"
* item[=].code = $loinc#{code}
* item[=].text = {french}
* insert InEnglish(item[=].text, [[{english}]])
* item[=].type = #choice
* item[=].answerOption[0].valueCoding = $loinc#LA6568-5 "Jamais"
* item[=].answerOption[0].valueCoding.extension[0].url = $ordinal-value
* item[=].answerOption[0].valueCoding.extension[0].valueDecimal = 0
* item[=].answerOption[1].valueCoding = $loinc#LA6569-3 "Plusieurs jours"
* item[=].answerOption[1].valueCoding.extension[0].url = $ordinal-value
* item[=].answerOption[1].valueCoding.extension[0].valueDecimal = 1
* item[=].answerOption[2].valueCoding = $loinc#LA6570-1 "Plus de la moitié du temps"
* item[=].answerOption[2].valueCoding.extension[0].url = $ordinal-value
* item[=].answerOption[2].valueCoding.extension[0].valueDecimal = 2
* item[=].answerOption[3].valueCoding = $loinc#LA6571-9 "Presque tous les jours"
* item[=].answerOption[3].valueCoding.extension[0].url = $ordinal-value
* item[=].answerOption[3].valueCoding.extension[0].valueDecimal = 3
