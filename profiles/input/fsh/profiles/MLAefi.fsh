Profile: MLAefi
Parent: MLAdverseEvent
Id: ml-aefi
Title: "Manifestation postvaccinale indésirable, MAPI (Mali)"
Description: "Un événement survenu après une vaccination, relié à la dose. S'applique à tout événement codé dans la liste des manifestations postvaccinales."
* insert Published([["Adverse event following immunisation, AEFI (Mali)"]], [["An event after a vaccination, tied to the dose. Applies to every event coded in the list of events following immunisation."]])
* insert AppliesWhenIn(event, $aefi-event-vs, [["Le code de la manifestation dit qu'elle suit une vaccination."]], [["The code of the event says that it follows a vaccination."]])
* obeys ml-aef-1 and ml-aef-2 and ml-aef-3
* insert Expected(event, [["Une liste courte permet de comparer les districts ; tout autre événement s'écrit en clair."]], [["A short list lets districts be compared; any other event is written in words."]])
* event from $aefi-event-vs (preferred)
