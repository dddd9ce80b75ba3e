Invariant: ml-pnc-1
Severity: #warning
Description: "Donnez l'heure du contact postnatal (period.start) : les premières 24 heures sont les plus dangereuses et se comptent à part."
Expression: "status != 'finished' or iif(period.start.exists(), period.start.toString().length() > 10, true)"
* insert EnglishRule([["Give the hour of the postnatal contact (period.start): the first 24 hours are the most dangerous and are counted apart."]])
