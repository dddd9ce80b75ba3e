Invariant: ml-tlh-2
Severity: #warning
Description: "Dites ce qui a suivi un contact de télésanté terminé (extension issue) : c'est la seule mesure de son utilité."
Expression: "status != 'finished' or extension.where(url.endsWith('/ml-ext-telehealth-outcome')).exists()"
* insert EnglishRule([["Say what followed a finished telehealth contact (outcome extension): it is the only measure of its use."]])
