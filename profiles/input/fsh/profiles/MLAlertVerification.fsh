Profile: MLAlertVerification
Parent: MLTask
Id: ml-alert-verification
Title: "Vérification d'une alerte (Mali)"
Description: "Ce que le district doit vérifier, et ce qu'il a trouvé. S'applique à toute tâche de ce type."
* insert Published([["Verification of an alert (Mali)"]], [["What the district must verify, and what it found. Applies to every task of this type."]])
* insert AppliesWhen(code, $task-type, alert-verification, [["Le type dit qu'une alerte est à vérifier."]], [["The type says that an alert is to be verified."]])
* obeys ml-ver-1 and ml-ver-2
* focus 1..1
* insert Why(focus, [["Sans l'alerte, personne ne sait quoi vérifier."]], [["Without the alert nobody knows what to verify."]])
* insert Expected(restriction.period, [["L'échéance : 48 heures sont d'usage, à confirmer par l'INSP."]], [["The deadline: 48 hours are usual, to be confirmed by the INSP."]])
* insert Expected(input, [["Ce qui a fait lever l'alerte : les cas (type Condition) et les rapports des semaines où ils sont comptés (type MeasureReport)."]], [["What raised the alert: the cases (type Condition) and the reports of the weeks in which they are counted (type MeasureReport)."]])
* insert Expected(statusReason, [["Pourquoi la tâche a changé de responsable : personne n'avait accusé réception dans le délai."]], [["Why the task went to somebody else: nobody had acknowledged it in time."]])
