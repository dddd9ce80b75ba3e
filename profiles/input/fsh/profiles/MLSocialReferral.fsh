Profile: MLSocialReferral
Parent: MLTask
Id: ml-social-referral
Title: "Orientation vers un service (Mali)"
Description: "L'orientation d'une personne ou d'un ménage vers le service qui doit agir : état civil, action sociale, justice, organisation communautaire. S'applique à toute tâche de ce type."
* insert Published([["Referral to a service (Mali)"]], [["The referral of a person or household to the service that must act: civil registration, social action, justice, community-based organisation. Applies to every task of this type."]])
* insert AppliesWhen(code, $task-type, social-referral, [["Le type dit que c'est une orientation sociale."]], [["The type says that it is a social referral."]])
* insert AppliesWhen(code, $task-type, birth-registration, [["Une naissance à déclarer est confiée à l'état civil."]], [["A birth to be registered is given to civil registration."]])
* insert AppliesWhen(code, $task-type, household-support, [["L'accompagnement est confié à une organisation communautaire."]], [["Support is given to a community-based organisation."]])
* obeys ml-sen-1
* for 1..1
* insert Why(for, [["Une orientation sans personne ne mène à aucune aide."]], [["A referral without a person leads to no help."]])
* insert Expected(meta.security, [["L'étiquette restreint la lecture aux services qui agissent."]], [["The label restricts reading to the services that act."]])
