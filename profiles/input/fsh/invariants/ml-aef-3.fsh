Invariant: ml-aef-3
Severity: #warning
Description: "Donnez la date de la MAPI (date) : le délai après la dose oriente la cause."
Expression: "date.exists()"
* insert EnglishRule([["Give the date of the AEFI (date): the delay after the dose points to the cause."]])
