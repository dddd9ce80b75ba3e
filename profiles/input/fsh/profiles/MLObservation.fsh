Profile: MLObservation
Parent: Observation
Id: ml-observation
Title: "Observation (Mali)"
Description: "Une mesure, un résultat de laboratoire ou un constat. Le sujet est obligatoire, car un résultat sans sujet ne se rattache à personne ; un résultat rendu porte une date et une valeur, ou la raison de son absence."
* insert Published([["Observation (Mali)"]], [["A measurement, laboratory result or finding. The subject is mandatory, because a result without one belongs to nobody; a reported result carries a date and a value, or the reason why it is absent."]])
* obeys ml-obs-1 and ml-obs-2
* identifier MS
* status MS
* category MS
* code MS
* subject 1..1 MS
* subject ^requirements = "Un résultat sans sujet ne se rattache à personne."
* encounter MS
* effective[x] MS
* performer MS
* value[x] MS
* dataAbsentReason MS
