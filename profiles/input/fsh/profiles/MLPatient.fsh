Profile: MLPatient
Parent: Patient
Id: ml-patient
Title: "Patient (Mali)"
Description: "Une personne soignée au Mali. Aucun identifiant n'est obligatoire, car beaucoup de mères et d'enfants n'en ont pas : une personne sans papiers est reconnue par son nom, son sexe et sa date de naissance, même approximative."
* insert Published([["Patient (Mali)"]], [["A person cared for in Mali. No identifier is mandatory, because many mothers and children have none: a person without papers is recognised by name, sex and birth date, however approximate."]])
* obeys ml-pat-1 and ml-pat-4
* extension contains
    MLResidenceStatus named residenceStatus 0..1 MS and
    MLOccupation named occupation 0..1 MS and
    $patient-disability named disability 0..*
* insert Why(extension[residenceStatus], [["Un déplacé se cherche, se vaccine et se compte autrement qu'un résident."]], [["A displaced person is traced, vaccinated and counted differently from a resident."]])
* insert Why(extension[occupation], [["Elle oriente l'enquête sur les zoonoses et les maladies liées au travail."]], [["It guides the investigation of zoonoses and work-related diseases."]])
* insert Why(extension[disability], [["Le domaine où la personne a beaucoup de difficulté ; les six réponses datées sont dans ml-functioning."]], [["The domain of much difficulty; the six dated answers are in ml-functioning."]])
* extension[disability].value[x] from $functioning-domain-vs (extensible)
* insert Why(extension[disability].value[x], [["Les domaines du Groupe de Washington se comparent d'un pays à l'autre."]], [["The domains of the Washington Group compare between countries."]])
* insert IdentifiersBySystem
* identifier contains
    nina 0..* MS and
    biometricCard 0..* MS and
    amo 0..* MS and
    ramed 0..* MS and
    ramu 0..* MS and
    birthCertificate 0..* MS and
    idpRegistration 0..* MS
* insert IdentifierSystem(nina, $nina, [["Numéro d'identification nationale (NINA)"]], [["National identification number (NINA)"]])
* identifier[nina] obeys ml-pat-2
* insert IdentifierSystem(biometricCard, $biometric-card, [["Numéro de la carte nationale d'identité biométrique ; change à chaque renouvellement"]], [["Number of the biometric national identity card; changes with each renewal"]])
* insert IdentifierSystem(amo, $amo, [["Numéro d'assuré AMO ; peut être celui du chef de ménage, donc partagé"]], [["AMO insurance number; may be that of the head of the household, and so be shared"]])
* insert IdentifierSystem(ramed, $ramed, [["Numéro RAMED"]], [["RAMED number"]])
* insert IdentifierSystem(ramu, $ramu, [["Numéro RAMU, en cours de déploiement"]], [["RAMU number, being introduced"]])
* insert IdentifierSystem(birthCertificate, $birth-certificate, [["Acte de naissance : numéro, centre d'état civil (assigner), année (period)"]], [["Birth certificate: number, civil registration office (assigner), year (period)"]])
* insert IdentifierSystem(idpRegistration, $idp-registration, [["Enregistrement de personne déplacée ou réfugiée ; donnée sensible"]], [["Registration as a displaced person or refugee; sensitive"]])
* insert Expected(name, [["Le nom tel que la personne le donne : le surnom d'usage porte use = nickname, le nom écrit en entier name.text."]], [["The name as the person gives it: the usual nickname has use = nickname, the name written out is name.text."]])
* insert Expected(gender, [["Avec le nom et la date, il reconnaît une personne sans papiers."]], [["With name and date it recognises a person without papers."]])
* insert Expected(birthDate, [["Partielle si le jour est inconnu : une date inventée fausse le calendrier vaccinal."]], [["Partial where the day is unknown: an invented date falsifies the immunisation schedule."]])
* birthDate obeys ml-pat-3 and ml-pat-5
* insert Short(birthDate, [["Date de naissance, partielle si le jour est inconnu : 1980, jamais 1980-01-01"]], [["Date of birth, partial when the day is unknown: 1980, never 1980-01-01"]])
* birthDate.extension contains MLBirthDatePrecision named precision 0..1 MS
* insert Why(birthDate.extension[precision], [["Dit si la date est sûre ou estimée, et à quel point."]], [["Says whether the date is certain or estimated, and how closely."]])
* insert Expected(telecom, [["Le téléphone sert au rappel des rendez-vous et aux vaccinations manquées."]], [["The phone serves for reminders and missed vaccinations."]])
* telecom.extension contains MLPhoneOwner named owner 0..1 MS
* insert Why(telecom.extension[owner], [["Un message sensible ne part pas vers le téléphone d'un voisin."]], [["A sensitive message is not sent to a neighbour's phone."]])
* insert CodedAddress
* insert Expected(contact, [["La mère, le père ou le tuteur répond pour l'enfant."]], [["Mother, father or tutor answers for the child."]])
* insert Short(contact, [["Mère, père ou autre répondant, surtout pour un enfant"]], [["Mother, father or another who answers for the person, above all for a child"]])
* insert Expected(communication, [["La langue choisit le message vocal et l'interprète."]], [["The language chooses the voice message and the interpreter."]])
* communication.language from $language-vs (preferred)
* insert Why(communication.language, [["Les treize langues nationales et le français ; une autre est acceptée."]], [["The thirteen national languages and French; another one is accepted."]])
