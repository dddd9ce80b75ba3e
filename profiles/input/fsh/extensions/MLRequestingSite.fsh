Extension: MLRequestingSite
Id: ml-ext-requesting-site
Title: "Site demandeur"
Description: "Le site qui demande l'avis, là où se trouve le patient."
Context: Encounter
* insert Published([["Requesting site"]], [["The site that asks for the opinion, where the patient is."]])
* value[x] 1..1
* value[x] only Reference(Organization or Location)
* insert Why(value[x], [["Une référence au site : on compte d'où viennent les demandes."]], [["A reference to the site: where requests come from is counted."]])
