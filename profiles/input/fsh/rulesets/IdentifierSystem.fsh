RuleSet: IdentifierSystem(slice, system, short)
* identifier[{slice}] ^short = {short}
* identifier[{slice}].system 1..1
* identifier[{slice}].system = {system} (exactly)
* identifier[{slice}].value 1..1
