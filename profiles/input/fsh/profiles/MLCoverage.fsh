Profile: MLCoverage
Parent: Coverage
Id: ml-coverage
Title: "Couverture maladie (Mali)"
Description: "Une couverture AMO, RAMED, RAMU, mutuelle, gratuité ou privée. La période compte : une personne passe d'un régime à l'autre sans que l'ancien soit effacé."
* insert Published([["Coverage (Mali)"]], [["Cover by AMO, RAMED, RAMU, a mutual fund, free care or private insurance. The period matters: a person moves from one scheme to another and the former is not erased."]])
* identifier MS
* type MS
* type from $coverage-type-vs (extensible)
* subscriberId MS
* subscriberId ^short = "Numéro d'assuré, recopié tel quel : le format officiel n'est pas publié"
* beneficiary MS
* relationship MS
* period MS
* payor MS
