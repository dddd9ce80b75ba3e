Extension: MLAnsweringSite
Id: ml-ext-answering-site
Title: "Site expert"
Description: "Le site qui répond à la demande, là où se trouve l'expert."
Context: Encounter
* insert Published([["Answering site"]], [["The site that answers the request, where the expert is."]])
* value[x] 1..1
* value[x] only Reference(Organization or Location)
* insert Why(value[x], [["Une référence au plateau : on compte qui répond, et en combien de temps."]], [["A reference to the hub: who answers, and how fast, is counted."]])
