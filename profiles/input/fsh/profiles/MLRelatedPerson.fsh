Profile: MLRelatedPerson
Parent: RelatedPerson
Id: ml-related-person
Title: "Proche du patient (Mali)"
Description: "La mère, le père ou le répondant d'un patient ; le nom de la mère sert à reconnaître un enfant sans papiers."
* insert Published([["Related person (Mali)"]], [["The mother, father or guardian of a patient; the mother's name helps to recognise a child without papers."]])
* patient MS
* relationship MS
* name MS
* telecom MS
* telecom.extension contains MLPhoneOwner named owner 0..1 MS
* birthDate.extension contains MLBirthDatePrecision named precision 0..1
* address.extension contains
    MLRegion named region 0..* and
    MLCercle named cercle 0..* and
    MLCommune named commune 0..*
