Extension: MLCaseClassification
Id: ml-ext-case-classification
Title: "Classification du cas"
Description: "Si le cas est suspect, probable, confirmé ou écarté selon la définition de cas de la surveillance, ce que le statut clinique ne dit pas."
Context: Condition
* insert Published([["Case classification"]], [["Whether the case is suspected, probable, confirmed or discarded by the surveillance case definition, which the clinical status does not tell."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $case-classification-vs (required)
* insert Why(value[x], [["La liste des directives SIMR : sans elle les cas de deux districts ne s'additionnent pas."]], [["The list of the IDSR guidelines: without it the cases of two districts do not add up."]])
