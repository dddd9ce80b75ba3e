Profile: MLAntenatalContact
Parent: MLEncounter
Id: ml-antenatal-contact
Title: "Consultation prénatale (Mali)"
Description: "Un contact prénatal ; le terme, la tension, le poids et les examens sont des observations de ce contact. S'applique à tout contact de type prénatal."
* insert Published([["Antenatal contact (Mali)"]], [["An antenatal contact; term, blood pressure, weight and tests are observations of it. Applies to every encounter of type antenatal."]])
* insert AppliesWhen(type, $contact-type, antenatal, [["Le type dit que c'est une consultation prénatale."]], [["The type says that this is an antenatal contact."]])
* insert Expected(episodeOfCare, [["Le suivi de grossesse : le rang de la consultation se compte dans l'épisode."]], [["The pregnancy follow-up: the rank of the contact is counted within the episode."]])
* insert Expected(hospitalization, [["Une référence pour danger se suit jusqu'à l'arrivée."]], [["A referral for danger is followed until arrival."]])
