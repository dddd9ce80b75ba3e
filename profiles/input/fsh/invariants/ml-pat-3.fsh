Invariant: ml-pat-3
Severity: #error
Description: "La date de naissance est dans l'avenir : vérifiez la date et l'horloge de l'appareil. Un jour de marge est laissé à l'horloge."
Expression: "hasValue().not() or iif($this > today() + 1 day, false, true)"
* insert EnglishRule([["The birth date lies in the future: check the date and the clock of the device. One day of margin is left to the clock."]])
