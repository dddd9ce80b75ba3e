Profile: MLLocation
Parent: Location
Id: ml-location
Title: "Lieu (Mali)"
Description: "Un lieu de soins ou une division administrative. partOf suit le découpage administratif (commune, cercle, région) ; la structure qui gère le lieu est managingOrganization."
* insert Published([["Location (Mali)"]], [["A place of care or an administrative division. partOf follows the administrative hierarchy (commune, cercle, region); the organisation that runs the place is managingOrganization."]])
* insert IdentifiersBySystem
* identifier contains facility 0..1 MS
* insert IdentifierSystem(facility, $facility, [["Code national de la structure"]])
* status MS
* name MS
* type MS
* type from $facility-type-vs (extensible)
* address MS
* address.extension contains
    MLRegion named region 0..* MS and
    MLCercle named cercle 0..* MS and
    MLCommune named commune 0..* MS
* physicalType MS
* position MS
* position obeys ml-loc-1
* managingOrganization MS
* partOf MS
