Invariant: ml-phq-1
Severity: #error
Description: "Posez l'étiquette PSY, R ou V (meta.security) : les réponses au PHQ-9 ne se lisent que par qui suit la personne."
Expression: "meta.security.where(code in ('PSY' | 'R' | 'V')).exists()"
* insert EnglishRule([["Put the label PSY, R or V (meta.security): answers to the PHQ-9 are read only by who follows the person."]])
