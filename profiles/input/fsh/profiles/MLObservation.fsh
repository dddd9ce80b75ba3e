Profile: MLObservation
Parent: Observation
Id: ml-observation
Title: "Observation (Mali)"
Description: "Une mesure, un résultat de laboratoire ou un constat. Le sujet est obligatoire, car un résultat sans sujet ne se rattache à personne ; un résultat rendu porte une date et une valeur, ou la raison de son absence."
* insert Published([["Observation (Mali)"]], [["A measurement, laboratory result or finding. The subject is mandatory, because a result without one belongs to nobody; a reported result carries a date and a value, or the reason why it is absent."]])
* obeys ml-obs-1 and ml-obs-2
* insert Expected(identifier, [["Le numéro du registre, s'il y en a un."]], [["The number in the register, if there is one."]])
* insert Expected(status, [["Un résultat annulé ne se compte pas."]], [["A cancelled result is not counted."]])
* insert Expected(category, [["Sépare les signes vitaux du laboratoire."]], [["Tells vital signs from laboratory."]])
* insert Expected(code, [["Ce qui est mesuré, en LOINC quand on le connaît."]], [["What is measured, in LOINC where known."]])
* subject 1..1
* insert Expected(subject, [["Un résultat sans sujet ne se rattache à personne."]], [["A result without a subject belongs to nobody."]])
* insert Expected(encounter, [["Le contact où la mesure a été faite."]], [["The encounter in which it was measured."]])
* insert Expected(effective[x], [["Sans date, le résultat n'entre dans aucune période."]], [["Without a date the result falls in no period."]])
* insert Expected(performer, [["Qui répond de la mesure."]], [["Who answers for the measurement."]])
* insert Expected(value[x], [["Un résultat vide se confond avec un résultat normal."]], [["An empty result is mistaken for a normal one."]])
* insert Expected(dataAbsentReason, [["Dit pourquoi la valeur manque."]], [["Says why the value is absent."]])
* insert Expected(interpretation, [["Positif, négatif, alarmant : ce que l'agent lit d'abord."]], [["Positive, negative, alarming: what the health worker reads first."]])
* insert Expected(specimen, [["Le prélèvement analysé."]], [["The specimen analysed."]])
