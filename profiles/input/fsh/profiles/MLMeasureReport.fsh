Profile: MLMeasureReport
Parent: MeasureReport
Id: ml-measure-report
Title: "Rapport (Mali)"
Description: "Un rapport chiffré : surveillance hebdomadaire, couverture vaccinale. Le zéro se déclare : un rapport à zéro n'est pas un rapport absent."
* insert Published([["Report of figures (Mali)"]], [["A report of figures: weekly surveillance, immunisation coverage. Zero is reported: a report of zero is not a missing report."]])
* obeys ml-mrp-1 and ml-mrp-2
* insert Expected(identifier, [["Structure et semaine : un rapport renvoyé remplace le premier."]], [["Facility and week: a report sent again replaces the first."]])
* insert Expected(status, [["Un rapport en attente ne se compte pas."]], [["A pending report is not counted."]])
* insert Expected(type, [["summary : des comptes, jamais des personnes."]], [["summary: counts, never people."]])
* insert Expected(measure, [["La définition du rapport et sa version."]], [["The definition of the report and its version."]])
* insert Expected(subject, [["Le lieu ou la structure que le rapport décrit."]], [["The place or facility that the report describes."]])
* insert Expected(date, [["La promptitude se calcule sur cette date."]], [["Timeliness is computed on this date."]])
* insert Expected(reporter, [["La structure qui déclare."]], [["The facility that reports."]])
* insert Expected(period, [["La semaine épidémiologique, du lundi au dimanche."]], [["The epidemiological week, Monday to Sunday."]])
* insert Expected(group, [["Une maladie ou un vaccin par groupe."]], [["One disease or vaccine a group."]])
