Profile: MLCoverage
Parent: Coverage
Id: ml-coverage
Title: "Couverture maladie (Mali)"
Description: "Une couverture AMO, RAMED, RAMU, mutuelle, gratuité ou privée. La période compte : une personne passe d'un régime à l'autre sans que l'ancien soit effacé."
* insert Published([["Coverage (Mali)"]], [["Cover by AMO, RAMED, RAMU, a mutual fund, free care or private insurance. The period matters: a person moves from one scheme to another and the former is not erased."]])
* obeys ml-cov-1
* insert Expected(identifier, [["Le numéro du contrat ou du certificat."]], [["The number of the contract or certificate."]])
* insert Expected(status, [["Un droit annulé ne se facture plus."]], [["A cancelled right is no longer billed."]])
* insert Expected(type, [["AMO, RAMED, RAMU, mutuelle, gratuité : qui paie."]], [["AMO, RAMED, RAMU, mutual fund, free care: who pays."]])
* type from $coverage-type-vs (extensible)
* insert Expected(subscriberId, [["Recopié tel quel : le format officiel n'est pas publié."]], [["Copied as it is: the official format is not published."]])
* insert Short(subscriberId, [["Numéro d'assuré, recopié tel quel : le format officiel n'est pas publié"]], [["Insurance number, copied as it is: the official format is not published"]])
* insert Expected(beneficiary, [["La personne couverte."]], [["The person covered."]])
* insert Expected(relationship, [["Assuré ou ayant droit."]], [["Member or dependant."]])
* insert Expected(period, [["Le passage du RAMED au RAMU se lit dans les dates."]], [["The move from RAMED to RAMU is read in the dates."]])
* insert Expected(payor, [["L'organisme qui paie."]], [["The body that pays."]])
