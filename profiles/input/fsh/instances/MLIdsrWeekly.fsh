// The columns are those of the Malian weekly bulletin (S36-2020): suspected, sampled, confirmed, deaths; the diseases are
// those that a Malian bulletin names. The list of today must be confirmed by the INSP.
Instance: MLIdsrWeekly
InstanceOf: MLMeasure
Usage: #definition
* insert PublishedInstance(Measure, ml-idsr-weekly, [["Rapport hebdomadaire de surveillance (SIMR)"]], [["Weekly surveillance report (IDSR)"]])
* name = "MLIdsrWeekly"
* description = "Cas suspects, prélevés, confirmés et décès de chaque maladie à déclaration, par structure et par semaine épidémiologique (lundi à dimanche), zéro compris. Une colonne de la vue des cas donne chaque compte."
* scoring = http://terminology.hl7.org/CodeSystem/measure-scoring#cohort
* insert CountsOf(cholera)
* insert CountsOf(measles)
* insert CountsOf(meningitis)
* insert CountsOf(yellow-fever)
* insert CountsOf(afp-polio)
* insert CountsOf(vhf)
* insert CountsOf(ebola)
* insert CountsOf(cchf)
* insert CountsOf(rvf)
* insert CountsOf(dengue)
* insert CountsOf(neonatal-tetanus)
* insert CountsOf(pertussis)
* insert CountsOf(dracunculiasis)
* insert CountsOf(influenza-new-subtype)
* insert CountsOf(covid-19)
* insert CountsOf(malaria)
* insert CountsOf(bloody-diarrhoea)
