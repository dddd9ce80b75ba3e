RuleSet: IdentifierSystem(slice, system, french, english)
* insert Short(identifier[{slice}], [[{french}]], [[{english}]])
* insert Why(identifier[{slice}], [["Reconnu à son système, jamais obligatoire."]], [["Told apart by its system; never mandatory."]])
* identifier[{slice}].system 1..1
* identifier[{slice}].system = {system} (exactly)
* insert Why(identifier[{slice}].system, [["Le système dit qui a délivré le numéro."]], [["The system tells who issued the number."]])
* identifier[{slice}].value 1..1
* insert Why(identifier[{slice}].value, [["Un numéro sans valeur ne désigne rien."]], [["A number without value names nothing."]])
