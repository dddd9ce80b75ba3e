Invariant: ml-cns-1
Severity: #warning
Description: "Donnez la personne (patient) et la date (dateTime) : le dernier mot de la personne est celui qui compte."
Expression: "patient.exists() and dateTime.exists()"
* insert EnglishRule([["Give the person (patient) and the date (dateTime): the person's last word is what counts."]])
