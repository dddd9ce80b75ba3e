// Every address that the guide uses, once. Only this file and sushi-config.yaml change when the national authority takes
// the addresses over (decision 13).

// Identifier systems.
Alias: $nina = https://keneya.ml/id/nina
Alias: $biometric-card = https://keneya.ml/id/biometric-card
Alias: $amo = https://keneya.ml/id/amo
Alias: $ramed = https://keneya.ml/id/ramed
Alias: $birth-certificate = https://keneya.ml/id/birth-certificate
Alias: $ramu = https://keneya.ml/id/ramu
Alias: $rsu-household = https://keneya.ml/id/rsu-household
Alias: $practitioner = https://keneya.ml/id/practitioner
Alias: $idp-registration = https://keneya.ml/id/idp-registration
Alias: $facility = https://keneya.ml/id/facility

// Value sets of the terminology module.
Alias: $aefi-event-vs = https://keneya.ml/fhir/ValueSet/ml-aefi-event
Alias: $alert-level-vs = https://keneya.ml/fhir/ValueSet/ml-alert-level
Alias: $anthropometry-vs = https://keneya.ml/fhir/ValueSet/ml-anthropometry
Alias: $birth-date-precision-vs = https://keneya.ml/fhir/ValueSet/ml-birth-date-precision
Alias: $birth-outcome-vs = https://keneya.ml/fhir/ValueSet/ml-birth-outcome
Alias: $case-classification-vs = https://keneya.ml/fhir/ValueSet/ml-case-classification
Alias: $cercle-vs = https://keneya.ml/fhir/ValueSet/ml-cercle
Alias: $commune-vs = https://keneya.ml/fhir/ValueSet/ml-commune
Alias: $communication-category-vs = https://keneya.ml/fhir/ValueSet/ml-communication-category
Alias: $consent-category-vs = https://keneya.ml/fhir/ValueSet/ml-consent-category
Alias: $contact-type-vs = https://keneya.ml/fhir/ValueSet/ml-contact-type
Alias: $contraceptive-method-vs = https://keneya.ml/fhir/ValueSet/ml-contraceptive-method
Alias: $coverage-type-vs = https://keneya.ml/fhir/ValueSet/ml-coverage-type
Alias: $delivery-mode-vs = https://keneya.ml/fhir/ValueSet/ml-delivery-mode
Alias: $device-type-vs = https://keneya.ml/fhir/ValueSet/ml-device-type
Alias: $encounter-class-vs = https://keneya.ml/fhir/ValueSet/ml-encounter-class
Alias: $facility-type-vs = https://keneya.ml/fhir/ValueSet/ml-facility-type
Alias: $flag-category-vs = https://keneya.ml/fhir/ValueSet/ml-flag-category
Alias: $functioning-difficulty-vs = https://keneya.ml/fhir/ValueSet/ml-functioning-difficulty
Alias: $functioning-domain-vs = https://keneya.ml/fhir/ValueSet/ml-functioning-domain
Alias: $household-characteristic-vs = https://keneya.ml/fhir/ValueSet/ml-household-characteristic
Alias: $immunization-not-done-reason-vs = https://keneya.ml/fhir/ValueSet/ml-immunization-not-done-reason
Alias: $language-vs = https://keneya.ml/fhir/ValueSet/ml-language
Alias: $location-type-vs = https://keneya.ml/fhir/ValueSet/ml-location-type
Alias: $malaria-test-vs = https://keneya.ml/fhir/ValueSet/ml-malaria-test
Alias: $notifiable-disease-vs = https://keneya.ml/fhir/ValueSet/ml-notifiable-disease
Alias: $occupation-vs = https://keneya.ml/fhir/ValueSet/ml-occupation
Alias: $phone-owner-vs = https://keneya.ml/fhir/ValueSet/ml-phone-owner
Alias: $practitioner-role-vs = https://keneya.ml/fhir/ValueSet/ml-practitioner-role
Alias: $pregnancy-observation-vs = https://keneya.ml/fhir/ValueSet/ml-pregnancy-observation
Alias: $programme-vs = https://keneya.ml/fhir/ValueSet/ml-programme
Alias: $protection-concern-vs = https://keneya.ml/fhir/ValueSet/ml-protection-concern
Alias: $qualification-vs = https://keneya.ml/fhir/ValueSet/ml-qualification
Alias: $region-vs = https://keneya.ml/fhir/ValueSet/ml-region
Alias: $relationship-vs = https://keneya.ml/fhir/ValueSet/ml-relationship
Alias: $request-category-vs = https://keneya.ml/fhir/ValueSet/ml-request-category
Alias: $residence-status-vs = https://keneya.ml/fhir/ValueSet/ml-residence-status
Alias: $satisfaction-vs = https://keneya.ml/fhir/ValueSet/ml-satisfaction
Alias: $service-type-vs = https://keneya.ml/fhir/ValueSet/ml-service-type
Alias: $task-type-vs = https://keneya.ml/fhir/ValueSet/ml-task-type
Alias: $telehealth-modality-vs = https://keneya.ml/fhir/ValueSet/ml-telehealth-modality
Alias: $telehealth-outcome-vs = https://keneya.ml/fhir/ValueSet/ml-telehealth-outcome
Alias: $telehealth-speciality-vs = https://keneya.ml/fhir/ValueSet/ml-telehealth-speciality
Alias: $vaccination-strategy-vs = https://keneya.ml/fhir/ValueSet/ml-vaccination-strategy
Alias: $vaccine-vs = https://keneya.ml/fhir/ValueSet/ml-vaccine
Alias: $vital-sign-vs = https://keneya.ml/fhir/ValueSet/ml-vital-sign

// Code systems of the terminology module and of others.
Alias: $communication-category = https://keneya.ml/fhir/CodeSystem/ml-communication-category
Alias: $contact-type = https://keneya.ml/fhir/CodeSystem/ml-contact-type
Alias: $coverage-type = https://keneya.ml/fhir/CodeSystem/ml-coverage-type
Alias: $flag-category = https://keneya.ml/fhir/CodeSystem/ml-flag-category
Alias: $group-type = https://keneya.ml/fhir/CodeSystem/ml-group-type
Alias: $programme = https://keneya.ml/fhir/CodeSystem/ml-programme
Alias: $measure-population = https://keneya.ml/fhir/CodeSystem/ml-measure-population
Alias: $observation = https://keneya.ml/fhir/CodeSystem/ml-observation
Alias: $request-category = https://keneya.ml/fhir/CodeSystem/ml-request-category
Alias: $task-type = https://keneya.ml/fhir/CodeSystem/ml-task-type
Alias: $notifiable-disease = https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease
Alias: $vaccine-dose = https://keneya.ml/fhir/CodeSystem/ml-vaccine-dose
Alias: $icd-10 = http://hl7.org/fhir/sid/icd-10
Alias: $loinc = http://loinc.org
Alias: $observation-category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $population-code = http://terminology.hl7.org/CodeSystem/measure-population
Alias: $act-code = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $fhir-types = http://hl7.org/fhir/fhir-types

// Extensions of the FHIR core.
Alias: $translation = http://hl7.org/fhir/StructureDefinition/translation
Alias: $ordinal-value = http://hl7.org/fhir/StructureDefinition/ordinalValue
Alias: $patient-disability = http://hl7.org/fhir/StructureDefinition/patient-disability
Alias: $location-boundary-geojson = http://hl7.org/fhir/StructureDefinition/location-boundary-geojson

// Questionnaires and definitions of this guide that profiles recognise by their address.
Alias: $phq-9 = https://keneya.ml/fhir/Questionnaire/ml-phq-9
Alias: $beneficiary-feedback = https://keneya.ml/fhir/Questionnaire/ml-beneficiary-feedback
