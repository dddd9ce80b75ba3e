Profile: HospitalPatient
Parent: https://keneya.ml/fhir/StructureDefinition/ml-patient
Id: hospital-patient
Title: "Patient of a hospital"
Description: "Narrows Mali's patient: the hospital always knows the sex."
* gender 1..1

Profile: HospitalVaccination
Parent: https://keneya.ml/fhir/StructureDefinition/ml-immunization
Id: hospital-vaccination
Title: "Vaccination in a hospital"
Description: "Given to a patient of the hospital, from the list of vaccines of Mali."
* patient only Reference(HospitalPatient)

Instance: hospital-patient-example
InstanceOf: HospitalPatient
Usage: #example
Title: "A girl"
Description: "Known by her record number."
* identifier[0].system = "https://keneya.ml/id/site-record"
* identifier[0].value = "H-1"
* name.family = "Traoré"
* gender = #female
* birthDate = "2024-03-02"
