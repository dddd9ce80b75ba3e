Invariant: ml-all-1
Severity: #warning
Description: "Nommez la substance (code ou reaction.substance) : une allergie sans nom ne protège pas."
Expression: "code.exists() or reaction.substance.exists()"
* insert EnglishRule([["Name the substance (code or reaction.substance): an allergy without a name protects nobody."]])
