// Every address that the guide uses, once. Only this file and sushi-config.yaml change when the national authority takes
// the addresses over (decision 13).

// Identifier systems.
Alias: $nina = https://keneya.ml/id/nina
Alias: $biometric-card = https://keneya.ml/id/biometric-card
Alias: $amo = https://keneya.ml/id/amo
Alias: $ramed = https://keneya.ml/id/ramed
Alias: $birth-certificate = https://keneya.ml/id/birth-certificate
Alias: $idp-registration = https://keneya.ml/id/idp-registration
Alias: $facility = https://keneya.ml/id/facility

// Value sets of the terminology module.
Alias: $birth-date-precision-vs = https://keneya.ml/fhir/ValueSet/ml-birth-date-precision
Alias: $case-classification-vs = https://keneya.ml/fhir/ValueSet/ml-case-classification
Alias: $cercle-vs = https://keneya.ml/fhir/ValueSet/ml-cercle
Alias: $commune-vs = https://keneya.ml/fhir/ValueSet/ml-commune
Alias: $coverage-type-vs = https://keneya.ml/fhir/ValueSet/ml-coverage-type
Alias: $encounter-class-vs = https://keneya.ml/fhir/ValueSet/ml-encounter-class
Alias: $facility-type-vs = https://keneya.ml/fhir/ValueSet/ml-facility-type
Alias: $language-vs = https://keneya.ml/fhir/ValueSet/ml-language
Alias: $notifiable-disease-vs = https://keneya.ml/fhir/ValueSet/ml-notifiable-disease
Alias: $phone-owner-vs = https://keneya.ml/fhir/ValueSet/ml-phone-owner
Alias: $region-vs = https://keneya.ml/fhir/ValueSet/ml-region
Alias: $residence-status-vs = https://keneya.ml/fhir/ValueSet/ml-residence-status
Alias: $telehealth-modality-vs = https://keneya.ml/fhir/ValueSet/ml-telehealth-modality
Alias: $telehealth-speciality-vs = https://keneya.ml/fhir/ValueSet/ml-telehealth-speciality
Alias: $vaccination-strategy-vs = https://keneya.ml/fhir/ValueSet/ml-vaccination-strategy
Alias: $vaccine-vs = https://keneya.ml/fhir/ValueSet/ml-vaccine

// Code systems of the terminology module and of others.
Alias: $notifiable-disease = https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease
Alias: $icd-10 = http://hl7.org/fhir/sid/icd-10
Alias: $act-code = http://terminology.hl7.org/CodeSystem/v3-ActCode

// Extensions of the FHIR core.
Alias: $translation = http://hl7.org/fhir/StructureDefinition/translation
