Profile: MLLaboratoryResult
Parent: MLObservation
Id: ml-laboratory-result
Title: "Résultat de laboratoire (Mali)"
Description: "Un résultat de laboratoire, rattaché à sa demande et à son prélèvement. S'applique à toute observation de catégorie laboratoire."
* insert Published([["Laboratory result (Mali)"]], [["A laboratory result, tied to its request and specimen. Applies to every observation of category laboratory."]])
* insert AppliesWhen(category, $observation-category, laboratory, [["La catégorie dit que le résultat vient d'un laboratoire."]], [["The category says that the result comes from a laboratory."]])
* obeys ml-lab-1
* insert Expected(basedOn, [["La demande à laquelle il répond."]], [["The request it answers."]])
* insert Expected(referenceRange, [["Les valeurs normales changent d'un appareil à l'autre."]], [["Normal values differ from device to device."]])
* insert Expected(method, [["Test rapide, culture ou PCR ne prouvent pas autant."]], [["Rapid test, culture and PCR do not prove as much."]])
