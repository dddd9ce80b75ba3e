Profile: MLCondition
Parent: Condition
Id: ml-condition
Title: "Diagnostic ou problème de santé (Mali)"
Description: "Un diagnostic, une suspicion ou un problème de santé. Le code CIM-10 et la maladie à déclaration obligatoire se donnent côte à côte ; tout autre code ou un texte seul est accepté, car une suspicion ne doit pas attendre un codage."
* insert Published([["Condition (Mali)"]], [["A diagnosis, suspicion or health problem. The ICD-10 code and the notifiable disease go side by side; any other code or a bare text is accepted, because a suspicion must not wait for coding."]])
* obeys ml-con-1 and ml-con-3 and ml-con-4 and ml-con-5
* extension contains
    MLCaseClassification named caseClassification 0..1 MS and
    MLNotificationDate named notificationDate 0..1 MS
* insert Why(extension[caseClassification], [["La surveillance compte à part suspects et confirmés."]], [["Surveillance counts suspected and confirmed apart."]])
* insert Why(extension[notificationDate], [["Avec la date de début, elle mesure la promptitude."]], [["With the onset it measures timeliness."]])
* insert Expected(identifier, [["Le numéro EPID du cas."]], [["The EPID number of the case."]])
* insert Expected(clinicalStatus, [["Actif ou guéri : ce que le clinicien lit d'abord."]], [["Active or resolved: what the clinician reads first."]])
* insert Expected(verificationStatus, [["Sépare une suspicion d'un diagnostic établi."]], [["Tells a suspicion from an established diagnosis."]])
* code 1..1
* insert Expected(code, [["Un diagnostic sans code ni texte ne dit rien."]], [["A diagnosis without code or text says nothing."]])
* insert Expected(code.coding, [["Plusieurs codes du même diagnostic vont côte à côte."]], [["Several codes of one diagnosis go side by side."]])
* code.coding ^slicing.discriminator.type = #value
* code.coding ^slicing.discriminator.path = "system"
* code.coding ^slicing.rules = #open
* code.coding ^slicing.ordered = false
* code.coding contains icd10 0..* MS and notifiableDisease 0..1 MS
* code.coding[icd10] obeys ml-con-2
* insert Short(code.coding[icd10], [["CIM-10"]], [["ICD-10"]])
* insert Why(code.coding[icd10], [["Les statistiques hospitalières sont en CIM-10."]], [["Hospital statistics are in ICD-10."]])
* code.coding[icd10].system 1..1
* code.coding[icd10].system = $icd-10 (exactly)
* insert Why(code.coding[icd10].system, [["Le système dit que le code est de la CIM-10."]], [["The system says that the code is of ICD-10."]])
* insert Short(code.coding[notifiableDisease], [["Maladie à déclaration obligatoire, une seule : un cas se compte une fois"]], [["Notifiable disease, one only: a case is counted once"]])
* insert Why(code.coding[notifiableDisease], [["Une seule par diagnostic : un cas se compte une fois. Un code que personne ne connaît ne se compterait nulle part : il est donc refusé, bien que la liste attende encore l'avis de l'Institut national de santé publique. Une maladie qui n'y est pas se dit en mots ou en CIM."]], [["One a diagnosis: a case is counted once. A code that nobody knows would be counted nowhere, so it is refused, although the list still awaits the national institute of public health. A disease that is not in it is told in words or by ICD."]])
* code.coding[notifiableDisease].system 1..1
* code.coding[notifiableDisease].system = $notifiable-disease (exactly)
* insert Why(code.coding[notifiableDisease].system, [["Le système dit que c'est la liste nationale."]], [["The system says that it is the national list."]])
* code.coding[notifiableDisease].code 1..1
* insert Why(code.coding[notifiableDisease].code, [["Sans code, le cas ne se compte pas."]], [["Without a code the case is not counted."]])
* code.coding[notifiableDisease] from $notifiable-disease-vs (required)
* insert Expected(encounter, [["Le contact où le diagnostic a été posé."]], [["The encounter in which the diagnosis was made."]])
* insert Expected(onset[x], [["La semaine épidémiologique est celle du début des signes."]], [["The epidemiological week is that of onset."]])
* insert Expected(recordedDate, [["À défaut de date de début, le cas se compte à l'enregistrement."]], [["For lack of an onset the case is counted when recorded."]])
