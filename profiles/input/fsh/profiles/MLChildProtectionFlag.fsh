Profile: MLChildProtectionFlag
Parent: MLFlag
Id: ml-child-protection-flag
Title: "Enfant à protéger (Mali)"
Description: "Un enfant sans acte de naissance, qui risque de perdre la prise en charge parentale ou en danger. L'étiquette est obligatoire : lu par n'importe qui, ce signalement met l'enfant en danger. S'applique à tout signalement de cette catégorie."
* insert Published([["Child to protect (Mali)"]], [["A child without birth certificate, at risk of losing parental care or in danger. The label is mandatory: read by anybody, this flag puts the child in danger. Applies to every flag of this category."]])
* insert AppliesWhen(category, $flag-category, child-protection, [["La catégorie dit qu'un enfant est à protéger."]], [["The category says that a child is to be protected."]])
* obeys ml-cpf-1 and ml-cpf-2
* insert Expected(meta.security, [["L'étiquette restreint la lecture aux services chargés de l'enfant."]], [["The label restricts reading to the services in charge of the child."]])
* insert Expected(code, [["Chaque motif mène à un service : état civil, action sociale, justice."]], [["Each concern leads to a service: civil registration, social action, justice."]])
* code from $protection-concern-vs (extensible)
* subject only Reference(Patient or Group)
* insert Why(subject, [["Un enfant ou son ménage, jamais un lieu."]], [["A child or its household, never a place."]])
