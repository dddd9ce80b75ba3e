// One group of a weekly report: a notifiable disease with its four counts. FHIR's own code of a population goes first,
// because its list is extensible and a validator warns where it is left out.
RuleSet: CountsOf(disease)
* group[+].code = $notifiable-disease#{disease}
* group[=].population[0].code.coding[0] = $population-code#initial-population
* group[=].population[0].code.coding[1] = $measure-population#suspected-cases
* group[=].population[0].criteria.language = #text/sql
* group[=].population[0].criteria.expression = "suspected_cases"
* group[=].population[1].code.coding[0] = $population-code#initial-population
* group[=].population[1].code.coding[1] = $measure-population#sampled-cases
* group[=].population[1].criteria.language = #text/sql
* group[=].population[1].criteria.expression = "sampled_cases"
* group[=].population[2].code.coding[0] = $population-code#initial-population
* group[=].population[2].code.coding[1] = $measure-population#confirmed-cases
* group[=].population[2].criteria.language = #text/sql
* group[=].population[2].criteria.expression = "confirmed_cases"
* group[=].population[3].code.coding[0] = $population-code#initial-population
* group[=].population[3].code.coding[1] = $measure-population#deaths
* group[=].population[3].criteria.language = #text/sql
* group[=].population[3].criteria.expression = "deaths"
