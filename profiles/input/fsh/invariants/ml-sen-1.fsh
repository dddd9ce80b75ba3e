Invariant: ml-sen-1
Severity: #warning
Description: "Posez une étiquette de sensibilité (meta.security : SEX, PSY, R…) : l'échange l'ajoute d'après le code, mais votre propre système ne restreint rien sans elle."
Expression: "meta.security.where(code in ('SEX' | 'HIV' | 'PSY' | 'SDV' | 'SUD' | 'STD' | 'R' | 'V') or system.endsWith('/ml-sensitivity')).exists()"
* insert EnglishRule([["Put a sensitivity label (meta.security: SEX, PSY, R…): the exchange adds it by the code, but your own system restricts nothing without it."]])
