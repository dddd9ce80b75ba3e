Profile: MLFamilyPlanningContact
Parent: MLEncounter
Id: ml-family-planning-contact
Title: "Contact de planification familiale (Mali)"
Description: "Un contact de planification familiale. Étiqueté SEX, car le conjoint ou la famille peut s'y opposer : sans l'étiquette, la femme est exposée. S'applique à tout contact de ce type."
* insert Published([["Family planning contact (Mali)"]], [["A family planning contact. Labelled SEX, because husband or family may object: without the label the woman is exposed. Applies to every encounter of this type."]])
* insert AppliesWhen(type, $contact-type, family-planning, [["Le type dit que c'est de la planification familiale."]], [["The type says that this is family planning."]])
* obeys ml-sen-1
* insert Expected(meta.security, [["L'étiquette SEX restreint qui lit."]], [["The label SEX restricts who reads."]])
