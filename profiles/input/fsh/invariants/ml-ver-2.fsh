Invariant: ml-ver-2
Severity: #warning
Description: "Menez au rapport par l'adresse qui le donne (valueUri, Measure/[id]/$evaluate-measure?…) : un rapport se calcule quand on le demande."
Expression: "input.where(type.coding.where(system = 'http://hl7.org/fhir/resource-types' and code = 'MeasureReport').exists()).all(value.ofType(uri).exists())"
* insert EnglishRule([["Lead to the report by the address that gives it (valueUri, Measure/[id]/$evaluate-measure?…): a report is computed when it is asked for."]])
