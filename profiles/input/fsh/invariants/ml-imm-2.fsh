Invariant: ml-imm-2
Severity: #warning
Description: "La date de vaccination est dans l'avenir : vérifiez l'horloge de l'appareil. Ce n'est qu'un avertissement, car une horloge déréglée ne doit pas faire perdre la dose."
Expression: "status != 'completed' or occurrence.where($this is dateTime and hasValue() and $this > now() + 1 day).empty()"
* insert EnglishRule([["The vaccination date lies in the future: check the clock of the device. A warning only, because a wrong clock must not cost the dose."]])
