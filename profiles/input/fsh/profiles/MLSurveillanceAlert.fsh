Profile: MLSurveillanceAlert
Parent: MLFlag
Id: ml-surveillance-alert
Title: "Alerte de surveillance (Mali)"
Description: "Une alerte en cours pour une maladie dans un lieu. Elle désigne un lieu et jamais une personne : elle circule au-delà des soignants. S'applique à tout signalement de cette catégorie."
* insert Published([["Surveillance alert (Mali)"]], [["An active alert for a disease in a place. It names a place and never a person: it circulates beyond carers. Applies to every flag of this category."]])
* insert AppliesWhen(category, $flag-category, surveillance-alert, [["La catégorie dit que c'est une alerte."]], [["The category says that this is an alert."]])
* obeys ml-alr-1 and ml-alr-2
* extension contains MLAlertLevel named level 0..1 MS
* insert Why(extension[level], [["Seuil d'alerte et seuil épidémique appellent des ripostes différentes."]], [["Alert and epidemic thresholds call for different responses."]])
* code from $notifiable-disease-vs (extensible)
* insert Why(code, [["La maladie ou l'événement de la liste nationale."]], [["The disease or event of the national list."]])
* subject only Reference(Location or Organization or Group)
* insert Why(subject, [["Un lieu, un district ou un site : une alerte qui nomme un malade le désigne au public."]], [["A place, a district or a site: an alert that names a patient exposes them to the public."]])
