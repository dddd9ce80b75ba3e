Invariant: ml-cns-2
Severity: #warning
Description: "Dites si la personne accepte ou s'oppose (provision.type) : un silence ne vaut ni l'un ni l'autre."
Expression: "status != 'active' or provision.type.exists()"
* insert EnglishRule([["Say whether the person agrees or objects (provision.type): silence is neither."]])
