Invariant: ml-con-5
Severity: #warning
Description: "Posez une étiquette de sensibilité (meta.security, par exemple HIV) sur un diagnostic de VIH : l'échange l'ajoute d'après le code, mais votre propre système ne restreint rien sans elle."
Expression: "code.coding.where((system.endsWith('/ml-notifiable-disease') and code = 'hiv') or (system = 'http://hl7.org/fhir/sid/icd-10' and code.matches('^(B2[0-4]|Z21)'))).empty() or meta.security.where(code in ('HIV' | 'R' | 'V')).exists()"
* insert EnglishRule([["Put a sensitivity label (meta.security, for example HIV) on an HIV diagnosis: the exchange adds it by the code, but your own system restricts nothing without it."]])
