Invariant: ml-sen-1
Severity: #warning
Description: "Posez une étiquette de sensibilité (meta.security : SEX, PSY, R…) : sans elle, ce dossier se lit comme les autres et expose la personne."
Expression: "meta.security.where(code in ('SEX' | 'HIV' | 'PSY' | 'SDV' | 'SUD' | 'STD' | 'R' | 'V') or system.endsWith('/ml-sensitivity')).exists()"
* insert EnglishRule([["Put a sensitivity label (meta.security: SEX, PSY, R…): without it this record is read like the others and exposes the person."]])
