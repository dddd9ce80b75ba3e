Profile: MLOrganization
Parent: Organization
Id: ml-organization
Title: "Structure de santé (Mali)"
Description: "Une structure de soins, un district sanitaire, une direction régionale, une ASACO, une organisation communautaire ou une administration. partOf suit la hiérarchie sanitaire, qui n'est pas le découpage administratif : celui-ci est porté par Location."
* insert Published([["Organization (Mali)"]], [["A care facility, health district, regional directorate, community health association, community-based organisation or administration. partOf follows the health hierarchy, which is not the administrative one: that is carried by Location."]])
* obeys ml-org-1
* extension contains MLValidity named validity 0..1
* insert Why(extension[validity], [["Un district créé ou divisé se lit à sa date."]], [["A district created or split is read at its date."]])
* insert IdentifiersBySystem
* identifier contains facility 0..1 MS
* insert IdentifierSystem(facility, $facility, [["Code national de la structure"]], [["National code of the facility"]])
* insert Expected(active, [["Une structure fermée n'est plus attendue dans les rapports."]], [["A closed facility is no longer expected to report."]])
* insert Expected(type, [["Ministère, district, CSRéf, CSCom, ASACO, organisation communautaire, privé."]], [["Ministry, district, CSRéf, CSCom, ASACO, community-based organisation, private."]])
* type from $facility-type-vs (extensible)
* insert Expected(name, [["Le nom connu du public."]], [["The name known to the public."]])
* insert Expected(telecom, [["Le numéro de garde, pour une urgence ou une alerte."]], [["The number on duty, for an emergency or an alert."]])
* insert CodedAddress
* insert Expected(partOf, [["Le rapport remonte du CSCom au district, à la région, au ministère."]], [["The report goes up from CSCom to district, region and ministry."]])
