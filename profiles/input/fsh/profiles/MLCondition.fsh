Profile: MLCondition
Parent: Condition
Id: ml-condition
Title: "Diagnostic ou problème de santé (Mali)"
Description: "Un diagnostic, une suspicion ou un problème de santé. Le code CIM-10 et la maladie à déclaration obligatoire se donnent côte à côte ; tout autre code ou un texte seul est accepté, car une suspicion ne doit pas attendre un codage."
* insert Published([["Condition (Mali)"]], [["A diagnosis, suspicion or health problem. The ICD-10 code and the notifiable disease go side by side; any other code or a bare text is accepted, because a suspicion must not wait for coding."]])
* obeys ml-con-1
* extension contains MLCaseClassification named caseClassification 0..1 MS
* identifier MS
* clinicalStatus MS
* verificationStatus MS
* code 1..1 MS
* code ^requirements = "Un diagnostic sans code ni texte ne dit rien."
* code.coding MS
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding ^slicing.ordered = false
* code.coding contains icd10 0..* MS and notifiableDisease 0..1 MS
* code.coding[icd10] obeys ml-con-2
* code.coding[icd10] ^short = "CIM-10"
* code.coding[icd10].system 1..1
* code.coding[icd10].system = $icd-10 (exactly)
* code.coding[notifiableDisease] ^short = "Maladie à déclaration obligatoire, une seule : un cas se compte une fois"
* code.coding[notifiableDisease].system 1..1
* code.coding[notifiableDisease].system = $notifiable-disease (exactly)
* code.coding[notifiableDisease].code 1..1
* code.coding[notifiableDisease] from $notifiable-disease-vs (required)
* encounter MS
* onset[x] MS
* recordedDate MS
