Invariant: ml-prv-1
Severity: #warning
Description: "Dites pour quelle structure l'auteur agit (agent.onBehalfOf), ou nommez-la : une correction se demande à la structure."
Expression: "agent.where(onBehalfOf.exists() or who.reference.contains('Organization/') or who.reference.contains('Device/') or who.display.exists() or who.identifier.exists() or who.reference.contains('PractitionerRole/')).exists()"
* insert EnglishRule([["Say for which facility the author acts (agent.onBehalfOf), or name it: a correction is asked of the facility."]])
