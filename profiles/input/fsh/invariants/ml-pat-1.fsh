Invariant: ml-pat-1
Severity: #error
Description: "Donnez un identifiant, ou bien le nom, le sexe et la date de naissance (l'année suffit) : c'est le minimum pour reconnaître une personne sans papiers."
Expression: "identifier.where(value.exists()).exists() or (name.where(family.exists() or given.exists() or text.exists()).exists() and gender.exists() and birthDate.exists())"
* insert EnglishRule([["Give an identifier, or else name, sex and birth date (the year is enough): the minimum to recognise a person without papers."]])
