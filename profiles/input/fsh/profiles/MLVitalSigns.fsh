Profile: MLVitalSigns
Parent: MLObservation
Id: ml-vital-signs
Title: "Signes vitaux (Mali)"
Description: "Température, pouls, respiration, saturation, pression. S'applique à tout signe vital codé en LOINC ; une valeur impossible est signalée et gardée."
* insert Published([["Vital signs (Mali)"]], [["Temperature, pulse, respiration, saturation, pressure. Applies to every vital sign coded in LOINC; an impossible value is pointed out and kept."]])
* insert AppliesWhenIn(code, $vital-sign-vs, [["Le code LOINC dit que c'est un signe vital."]], [["The LOINC code says that it is a vital sign."]])
* obeys ml-vs-1 and ml-vs-2 and ml-vs-3
* code from $vital-sign-vs (extensible)
* insert Why(code, [["Un même code partout, pour suivre une courbe d'un site à l'autre."]], [["One code everywhere, so that a curve can be followed from site to site."]])
