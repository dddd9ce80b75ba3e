Invariant: ml-fbk-1
Severity: #error
Description: "Posez l'étiquette feedback, R ou V (meta.security) : l'avis ne se lit pas sous le nom de la personne par la structure jugée."
Expression: "meta.security.where((system.endsWith('/ml-sensitivity') and code = 'feedback') or code in ('R' | 'V')).exists()"
* insert EnglishRule([["Put the label feedback, R or V (meta.security): feedback is not read under the person's name by the facility that is judged."]])
