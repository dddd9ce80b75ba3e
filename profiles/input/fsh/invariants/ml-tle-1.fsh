Invariant: ml-tle-1
Severity: #warning
Description: "Posez la question (reasonCode, reasonReference ou note) : un expert ne répond pas à une demande muette."
Expression: "reasonCode.exists() or reasonReference.exists() or note.exists()"
* insert EnglishRule([["Ask the question (reasonCode, reasonReference or note): an expert does not answer a silent request."]])
