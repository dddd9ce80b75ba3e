// One group of the coverage report: doses of one dose of the schedule over its target.
RuleSet: CoverageOf(dose)
* group[+].code = $vaccine-dose#{dose}
* group[=].population[0].code = $population-code#numerator
* group[=].population[0].criteria.language = #text/sql
* group[=].population[0].criteria.expression = "doses_given"
* group[=].population[1].code = $population-code#denominator
* group[=].population[1].criteria.language = #text/sql
* group[=].population[1].criteria.expression = "target_population"
