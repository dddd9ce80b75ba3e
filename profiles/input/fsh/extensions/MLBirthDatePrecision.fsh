Extension: MLBirthDatePrecision
Id: ml-ext-birth-date-precision
Title: "Précision de la date de naissance"
Description: "Si la date de naissance est sûre ou estimée, et sur quoi l'estimation repose : beaucoup de personnes sont « nées vers 1980 »."
Context: Patient.birthDate, RelatedPerson.birthDate
* insert Published([["Birth date precision"]], [["Whether the birth date is certain or estimated, and what the estimate rests on: many people are born around 1980."]])
* value[x] 1..1
* value[x] only code
* value[x] from $birth-date-precision-vs (required)
* insert Why(value[x], [["Une liste courte et fermée : jour, mois, année ou âge estimé se calculent autrement."]], [["A short closed list: day, month, year or estimated age are reckoned differently."]])
