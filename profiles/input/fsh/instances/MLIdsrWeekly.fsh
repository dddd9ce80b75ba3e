// The columns are those of the Malian weekly bulletin (S36-2020): suspected, sampled, confirmed, deaths; the diseases are
// those that a Malian bulletin names. The list of today must be confirmed by the INSP.
Instance: MLIdsrWeekly
InstanceOf: MLMeasure
Usage: #definition
* insert PublishedInstance(Measure, ml-idsr-weekly, [["Rapport hebdomadaire de surveillance (SIMR)"]], [["Weekly surveillance report (IDSR)"]])
* name = "MLIdsrWeekly"
* description = "Cas suspects, prélevés, confirmés et décès de chaque maladie à déclaration, par structure et par semaine épidémiologique (lundi à dimanche), zéro compris. Une colonne de la vue des cas donne chaque compte."
* relatedArtifact.type = #depends-on
* relatedArtifact.label = "population"
* relatedArtifact.display = "Taux pour 100 000 habitants ($idsr-rates) : table keneya.population, soit le recensement de 2022 (RGPH5, d’après la presse) pour le pays et les régions de 2023, une projection pour 2024 (Cadre harmonisé) pour les régions et cercles de 2015, le registre (ml-ext-catchment-population) pour les structures ; aucune pour les communes. Aucune n’est certaine."
* insert InEnglish(relatedArtifact.display, [["Rates for 100 000 inhabitants ($idsr-rates): table keneya.population, which is the census of 2022 (RGPH5, as the press reported) for the country and the regions of 2023, a projection for 2024 (Cadre harmonisé) for the regions and cercles of 2015, the registry (ml-ext-catchment-population) for facilities; none for communes. None is certain."]])
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
