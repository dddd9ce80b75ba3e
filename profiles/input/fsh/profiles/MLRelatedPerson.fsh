Profile: MLRelatedPerson
Parent: RelatedPerson
Id: ml-related-person
Title: "Proche du patient (Mali)"
Description: "La mère, le père, le tuteur ou le répondant d'un patient ; le nom de la mère sert à reconnaître un enfant sans papiers."
* insert Published([["Related person (Mali)"]], [["The mother, father, tutor or guardian of a patient; the mother's name helps to recognise a child without papers."]])
* insert Expected(identifier, [["Les mêmes numéros que pour un patient : la mère est souvent patiente elle-même."]], [["The same numbers as for a patient: the mother is often a patient herself."]])
* insert Expected(patient, [["Dit de qui la personne est le proche."]], [["Says whose relative the person is."]])
* insert Expected(relationship, [["Mère, tuteur coutumier et tuteur légal n'ont pas les mêmes droits sur le dossier de l'enfant."]], [["Mother, customary tutor and legal guardian have different rights over the child's record."]])
* relationship from $relationship-vs (preferred)
* insert Expected(name, [["Le nom de la mère distingue deux enfants homonymes."]], [["The mother's name tells two namesake children apart."]])
* insert Expected(telecom, [["On rappelle la famille par ce numéro."]], [["The family is called back on this number."]])
* telecom.extension contains MLPhoneOwner named owner 0..1 MS
* insert Why(telecom.extension[owner], [["Un message sensible ne part pas vers le téléphone d'un voisin."]], [["A sensitive message is not sent to a neighbour's phone."]])
* birthDate.extension contains MLBirthDatePrecision named precision 0..1
* insert Why(birthDate.extension[precision], [["Dit si la date est sûre ou estimée."]], [["Says whether the date is certain or estimated."]])
* insert CodedAddress
* insert Expected(period, [["Une tutelle a un début et une fin."]], [["A guardianship begins and ends."]])
