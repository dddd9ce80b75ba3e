Extension: MLTelehealthModality
Id: ml-ext-telehealth-modality
Title: "Modalité de télésanté"
Description: "Comment le contact à distance s'est fait : vidéo, voix, messages différés…"
Context: Encounter
* insert Published([["Telehealth modality"]], [["How the remote contact took place: video, voice, deferred messages…"]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $telehealth-modality-vs (extensible)
* insert Why(value[x], [["Un code : l'image, la voix et le texte n'aident pas également."]], [["A code: image, voice and text do not help equally."]])
