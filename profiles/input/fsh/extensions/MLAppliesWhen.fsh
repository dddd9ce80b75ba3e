Extension: MLAppliesWhen
Id: ml-ext-applies-when
Title: "Quand le profil s'applique"
Description: "Le profil s'applique sans être réclamé quand l'élément désigné porte ce code, un code de cette liste ou cette adresse : un site qui ne connaît pas les profils est tenu aux mêmes règles, et averti."
Context: StructureDefinition
* insert Published([["When the profile applies"]], [["The profile applies without being claimed when the element named carries this code, a code of this list or this address: a site that does not know the profiles is held to the same rules, and told."]])
* extension contains
    path 1..1 and
    reason 1..1 and
    coding 0..1 and
    valueSet 0..1 and
    uri 0..1
* extension[path].value[x] 1..1
* extension[path].value[x] only string
* extension[reason].value[x] 1..1
* extension[reason].value[x] only markdown
* extension[coding].value[x] 1..1
* extension[coding].value[x] only Coding
* extension[valueSet].value[x] 1..1
* extension[valueSet].value[x] only canonical
* extension[uri].value[x] 1..1
* extension[uri].value[x] only uri
* insert WhyPart(path, [["L'élément que l'échange regarde."]], [["The element that the exchange looks at."]])
* insert WhyPart(reason, [["Pourquoi un site qui ne réclame rien est tenu à ces règles."]], [["Why a site that claims nothing is held to these rules."]])
* insert WhyPart(coding, [["Le code qui choisit le profil, quand c'en est un seul."]], [["The code that selects the profile, when it is one alone."]])
* insert WhyPart(valueSet, [["La liste dont un code choisit le profil, quand il y en a plusieurs."]], [["The list of which a code selects the profile, when there are several."]])
* insert WhyPart(uri, [["L'adresse qui choisit le profil, pour un formulaire."]], [["The address that selects the profile, for a form."]])
