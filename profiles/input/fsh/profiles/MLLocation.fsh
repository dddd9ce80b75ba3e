Profile: MLLocation
Parent: Location
Id: ml-location
Title: "Lieu (Mali)"
Description: "Un lieu de soins ou une division. partOf suit le découpage administratif (village, commune, cercle, région) ; l'extension du niveau sanitaire suit la carte sanitaire (établissement, aire de santé, district, région sanitaire) ; la structure qui gère le lieu est managingOrganization."
* insert Published([["Location (Mali)"]], [["A place of care or a division. partOf follows the administrative hierarchy (village, commune, cercle, region); the health parent extension follows the health map (facility, health area, district, sanitary region); the organisation that runs the place is managingOrganization."]])
* obeys ml-loc-2
* extension contains
    MLHealthParent named healthParent 0..1 MS and
    MLCatchmentPopulation named catchmentPopulation 0..* MS and
    MLValidity named validity 0..1 MS and
    $location-boundary-geojson named boundary 0..1
* insert Why(extension[healthParent], [["La carte sanitaire n'est pas la carte administrative : une commune peut avoir plusieurs aires de santé."]], [["The health map is not the administrative map: a commune may have several health areas."]])
* insert Why(extension[catchmentPopulation], [["Le dénominateur d'un taux, avec son année et sa source."]], [["The denominator of a rate, with its year and source."]])
* insert Why(extension[validity], [["La réforme de 2023 a refait les régions : un rapport de 2019 se lit dans l'ancien découpage."]], [["The 2023 reform redrew the regions: a report of 2019 is read in the former division."]])
* insert Why(extension[boundary], [["Le contour sert aux cartes."]], [["The outline serves maps."]])
* insert IdentifiersBySystem
* identifier contains facility 0..1 MS
* insert IdentifierSystem(facility, $facility, [["Code national de la structure"]], [["National code of the facility"]])
* insert Expected(status, [["Un lieu fermé n'accueille plus."]], [["A closed place takes nobody in."]])
* insert Expected(name, [["Le nom connu du public."]], [["The name known to the public."]])
* insert Expected(type, [["Établissement, village, aire de santé, district : la même liste pour les deux hiérarchies."]], [["Facility, village, health area, district: one list for both hierarchies."]])
* type from $location-type-vs (extensible)
* insert CodedAddress
* insert Expected(physicalType, [["Division, bâtiment ou véhicule."]], [["Division, building or vehicle."]])
* insert Expected(position, [["La position sert aux cartes et aux tournées."]], [["The position serves maps and rounds."]])
* position obeys ml-loc-1
* insert Expected(managingOrganization, [["Qui gère le lieu."]], [["Who runs the place."]])
* insert Expected(partOf, [["La division administrative au-dessus."]], [["The administrative division above."]])
