Extension: MLVillage
Id: ml-ext-village
Title: "Village ou fraction"
Description: "Le village, la fraction ou le quartier, en clair ; le code de localité de l'OCHA (ml-locality-2015) peut l'accompagner, car aucune liste officielle à jour n'a été trouvée."
Context: Address
* insert Published([["Village or fraction"]], [["The village, fraction or quarter in words; the OCHA locality code (ml-locality-2015) may go with it, because no official up-to-date list was found."]])
* value[x] 1..1
* value[x] only CodeableConcept
* insert Why(value[x], [["Les mots de la personne : l'orthographe des villages n'est fixée nulle part."]], [["The person's own words: the spelling of villages is fixed nowhere."]])
