Profile: MLImmunizationRecommendation
Parent: ImmunizationRecommendation
Id: ml-immunization-recommendation
Title: "Doses recommandées (Mali)"
Description: "Les doses dues, avec leur date : le calendrier appliqué à une personne. Un calendrier non confirmé par le Centre national d'immunisation se dit (series)."
* insert Published([["Recommended doses (Mali)"]], [["The doses due, with their date: the schedule applied to a person. A schedule that the national immunisation centre has not confirmed says so (series)."]])
* obeys ml-rec-1
* insert Expected(patient, [["La personne à vacciner."]], [["The person to vaccinate."]])
* insert Expected(date, [["Une recommandation vieillit : le calendrier et les doses changent."]], [["A recommendation ages: schedule and doses change."]])
* insert Expected(authority, [["Qui a fixé le calendrier."]], [["Who set the schedule."]])
* insert Expected(recommendation, [["Une ligne par dose due."]], [["One line a dose due."]])
* insert Expected(recommendation.vaccineCode, [["Le vaccin, tel que le programme le nomme."]], [["The vaccine, as the programme names it."]])
* recommendation.vaccineCode from $vaccine-vs (extensible)
* insert Expected(recommendation.dateCriterion, [["Au plus tôt, due, en retard : le rappel part de ces dates."]], [["Earliest, due, overdue: the reminder starts from these dates."]])
* insert Expected(recommendation.series, [["Le calendrier appliqué, avec sa date."]], [["The schedule applied, with its date."]])
* insert Expected(recommendation.doseNumber[x], [["Le rang de la dose due."]], [["The rank of the dose due."]])
