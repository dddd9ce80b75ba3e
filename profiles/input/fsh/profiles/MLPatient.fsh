Profile: MLPatient
Parent: Patient
Id: ml-patient
Title: "Patient (Mali)"
Description: "Une personne soignée au Mali. Aucun identifiant n'est obligatoire, car beaucoup de mères et d'enfants n'en ont pas : une personne sans papiers est reconnue par son nom, son sexe et sa date de naissance, même approximative."
* insert Published([["Patient (Mali)"]], [["A person cared for in Mali. No identifier is mandatory, because many mothers and children have none: a person without papers is recognised by name, sex and birth date, however approximate."]])
* obeys ml-pat-1 and ml-pat-4
* extension contains MLResidenceStatus named residenceStatus 0..1 MS
* insert IdentifiersBySystem
* identifier contains
    nina 0..* MS and
    biometricCard 0..* MS and
    amo 0..* MS and
    ramed 0..* MS and
    birthCertificate 0..* MS and
    idpRegistration 0..* MS
* insert IdentifierSystem(nina, $nina, [["Numéro d'identification nationale (NINA)"]])
* identifier[nina] obeys ml-pat-2
* insert IdentifierSystem(biometricCard, $biometric-card, [["Numéro de la carte nationale d'identité biométrique ; change à chaque renouvellement"]])
* insert IdentifierSystem(amo, $amo, [["Numéro d'assuré AMO ; peut être celui du chef de ménage, donc partagé"]])
* insert IdentifierSystem(ramed, $ramed, [["Numéro RAMED"]])
* insert IdentifierSystem(birthCertificate, $birth-certificate, [["Acte de naissance : numéro, centre d'état civil (assigner), année (period)"]])
* insert IdentifierSystem(idpRegistration, $idp-registration, [["Enregistrement de personne déplacée ou réfugiée ; donnée sensible"]])
* name MS
* gender MS
* birthDate MS
* birthDate obeys ml-pat-3 and ml-pat-5
* birthDate ^short = "Date de naissance, partielle si le jour est inconnu : 1980, jamais 1980-01-01"
* birthDate.extension contains MLBirthDatePrecision named precision 0..1 MS
* telecom MS
* telecom.extension contains MLPhoneOwner named owner 0..1 MS
* address MS
* address.extension contains
    MLRegion named region 0..* MS and
    MLCercle named cercle 0..* MS and
    MLCommune named commune 0..* MS
* contact MS
* contact ^short = "Mère, père ou autre répondant, surtout pour un enfant"
* communication MS
* communication.language from $language-vs (preferred)
