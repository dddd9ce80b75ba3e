Invariant: ml-pat-5
Severity: #warning
Description: "Le 1er janvier et le 31 décembre sont souvent écrits quand le jour est inconnu : donnez l'année seule, ou indiquez la précision de la date."
Expression: "hasValue().not() or extension.where(url.endsWith('/ml-ext-birth-date-precision')).exists() or toString().matches('^[0-9]{4}-(01-01|12-31)$').not()"
* insert EnglishRule([["1 January and 31 December are often written when the day is unknown: give the year alone, or state the precision of the date."]])
