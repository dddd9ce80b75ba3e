Invariant: ml-pat-2
Severity: #warning
Description: "Un NINA compte 14 chiffres et une lettre majuscule, sans espace : vérifiez la saisie. Ce n'est qu'un avertissement, car le format officiel n'est pas publié."
Expression: "value.hasValue().not() or value.matches('^[0-9]{14}[A-Z]$')"
* insert EnglishRule([["A NINA has 14 digits and one capital letter, without spaces: check the entry. A warning only, because the official format is not published."]])
