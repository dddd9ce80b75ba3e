Profile: MLAllergyIntolerance
Parent: AllergyIntolerance
Id: ml-allergy-intolerance
Title: "Allergie ou intolérance (Mali)"
Description: "Une allergie ou une intolérance ; l'absence d'allergie connue se dit aussi."
* insert Published([["Allergy or intolerance (Mali)"]], [["An allergy or intolerance; that none is known is said too."]])
* obeys ml-all-1
* insert Expected(clinicalStatus, [["Active ou guérie."]], [["Active or resolved."]])
* insert Expected(verificationStatus, [["Rapportée par la famille ou confirmée."]], [["Reported by the family or confirmed."]])
* insert Expected(criticality, [["Un risque vital s'affiche d'abord."]], [["A risk to life is shown first."]])
* insert Expected(code, [["La substance en cause."]], [["The substance."]])
* insert Expected(patient, [["La personne concernée."]], [["The person concerned."]])
* insert Expected(reaction, [["Ce qui s'est produit."]], [["What happened."]])
