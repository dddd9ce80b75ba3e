Profile: MLOrganization
Parent: Organization
Id: ml-organization
Title: "Structure de santé (Mali)"
Description: "Une structure de soins, un district sanitaire, une direction régionale ou une administration. partOf suit la hiérarchie sanitaire, qui n'est pas le découpage administratif : celui-ci est porté par Location."
* insert Published([["Organization (Mali)"]], [["A care facility, health district, regional directorate or administration. partOf follows the health hierarchy, which is not the administrative one: that is carried by Location."]])
* insert IdentifiersBySystem
* identifier contains facility 0..1 MS
* insert IdentifierSystem(facility, $facility, [["Code national de la structure"]])
* active MS
* type MS
* type from $facility-type-vs (extensible)
* name MS
* address.extension contains
    MLRegion named region 0..* MS and
    MLCercle named cercle 0..* MS and
    MLCommune named commune 0..* MS
* partOf MS
