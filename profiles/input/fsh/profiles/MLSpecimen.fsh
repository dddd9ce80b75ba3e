Profile: MLSpecimen
Parent: Specimen
Id: ml-specimen
Title: "Prélèvement (Mali)"
Description: "Un prélèvement, du site jusqu'au laboratoire : deux dates mesurent l'acheminement."
* insert Published([["Specimen (Mali)"]], [["A specimen, from the site to the laboratory: two dates measure its transport."]])
* obeys ml-spe-1
* insert Expected(identifier, [["Le numéro EPID ou celui de l'étiquette du tube."]], [["The EPID number or that on the tube's label."]])
* insert Expected(status, [["Un prélèvement non conforme est à refaire."]], [["An unsatisfactory specimen must be taken again."]])
* insert Expected(type, [["Sang, selles, écouvillon…"]], [["Blood, stool, swab…"]])
* insert Expected(subject, [["La personne prélevée."]], [["The person sampled."]])
* insert Expected(receivedTime, [["L'arrivée au laboratoire mesure le délai d'acheminement."]], [["The arrival at the laboratory measures the transport delay."]])
* insert Expected(request, [["La demande d'examen."]], [["The test request."]])
* insert Expected(collection, [["Date et lieu du prélèvement : deux selles à 24 heures pour une paralysie flasque."]], [["Date and place of sampling: two stools 24 hours apart for flaccid paralysis."]])
* insert Expected(condition, [["L'état à l'arrivée dit si la chaîne du froid a tenu."]], [["The condition on arrival tells whether the cold chain held."]])
