// Only doses that a Malian source confirms; the others wait for the national immunisation centre.
Instance: MLEpiCoverage
InstanceOf: MLMeasure
Usage: #definition
* insert PublishedInstance(Measure, ml-epi-coverage, [["Couverture vaccinale du PEV"]], [["EPI immunisation coverage"]])
* name = "MLEpiCoverage"
* description = "Doses données (primarySource vrai) sur la population cible, par dose du calendrier, lieu et mois. La population cible vient du lieu, avec son année et sa source ; au-delà de 100 % c'est souvent le dénominateur qui se trompe."
* scoring = http://terminology.hl7.org/CodeSystem/measure-scoring#proportion
* insert CoverageOf(BCG)
* insert CoverageOf(VPO0)
* insert CoverageOf(PENTA1)
* insert CoverageOf(PENTA3)
* insert CoverageOf(VPO3)
* insert CoverageOf(RR1)
* insert CoverageOf(RR2)
* insert CoverageOf(VAA)
* insert CoverageOf(MENA)
* insert CoverageOf(HPV1)
