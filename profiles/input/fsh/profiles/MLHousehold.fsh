Profile: MLHousehold
Parent: Group
Id: ml-household
Title: "Ménage (Mali)"
Description: "Un ménage suivi par un programme social ou une organisation communautaire. Ce n'est pas une donnée de soin : ses étiquettes restreignent qui le lit. S'applique à tout groupe codé comme ménage."
* insert Published([["Household (Mali)"]], [["A household followed by a social programme or a community-based organisation. It is no care data: its labels restrict who reads it. Applies to every group coded as a household."]])
* insert AppliesWhen(code, $group-type, household, [["Un groupe codé comme ménage en suit les règles."]], [["A group coded as a household follows its rules."]])
* obeys ml-hh-1 and ml-sen-1
* insert IdentifiersBySystem
* identifier contains rsu 0..1 MS
* insert IdentifierSystem(rsu, $rsu-household, [["Numéro du ménage au registre social unifié (RSU)"]], [["Number of the household in the unified social registry (RSU)"]])
* type = #person
* insert Why(type, [["Un ménage est fait de personnes."]], [["A household is made of people."]])
* actual = true
* insert Why(actual, [["Un ménage réel, pas une définition."]], [["A real household, not a definition."]])
* insert Expected(code, [["Dit que le groupe est un ménage."]], [["Says that the group is a household."]])
* insert Expected(name, [["Le nom du chef de ménage, comme au village."]], [["The name of the head of household, as in the village."]])
* insert Expected(managingEntity, [["L'organisation communautaire qui accompagne le ménage."]], [["The community-based organisation that supports the household."]])
* insert Expected(characteristic, [["Ce qui décide d'un appui : les critères se relisent et se contestent."]], [["What decides support: criteria can be reread and contested."]])
* characteristic.code from $household-characteristic-vs (extensible)
* insert Why(characteristic.code, [["Une liste commune permet de compter les ménages appuyés."]], [["A common list lets supported households be counted."]])
* insert Expected(member, [["Les personnes du ménage, avec la période : un enfant part et revient."]], [["The people of the household, with the period: a child leaves and returns."]])
* insert Expected(meta.security, [["Les étiquettes restreignent qui lit ces données de ciblage."]], [["The labels restrict who reads this targeting data."]])
