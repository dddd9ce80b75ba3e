Extension: MLValidity
Id: ml-ext-validity
Title: "Période de validité"
Description: "Depuis quand et jusqu'à quand le lieu ou la structure existe sous cette forme : un rapport ancien se lit dans le découpage de son époque."
Context: Location, Organization
* insert Published([["Validity period"]], [["Since when and until when the place or organisation exists in this form: an old report is read in the division of its time."]])
* value[x] 1..1
* value[x] only Period
* insert Why(value[x], [["Une période : un lieu a un début, et parfois une fin."]], [["A period: a place has a beginning, and sometimes an end."]])
