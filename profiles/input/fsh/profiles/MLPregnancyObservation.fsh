Profile: MLPregnancyObservation
Parent: MLObservation
Id: ml-pregnancy-observation
Title: "Observation de la grossesse (Mali)"
Description: "Grossesse, dernières règles, terme et antécédents. S'applique à toute observation codée ainsi."
* insert Published([["Pregnancy observation (Mali)"]], [["Pregnancy, last period, term and history. Applies to every observation coded as such."]])
* insert AppliesWhenIn(code, $pregnancy-observation-vs, [["Le code dit que c'est une observation de la grossesse."]], [["The code says that it is an observation of pregnancy."]])
* obeys ml-prg-1 and ml-prg-2
* code from $pregnancy-observation-vs (extensible)
* insert Why(code, [["Un même code partout, pour calculer le terme d'un site à l'autre."]], [["One code everywhere, so that the term can be computed from site to site."]])
