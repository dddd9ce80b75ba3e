Invariant: ml-loc-2
Severity: #warning
Description: "Donnez la division au-dessus (partOf) d'une commune, d'un cercle ou d'un village : sans elle, rien ne se compte par région."
Expression: "type.coding.where(system.endsWith('/ml-location-level') and code in ('cercle' | 'commune' | 'village')).empty() or partOf.exists()"
* insert EnglishRule([["Give the division above (partOf) a commune, a cercle or a village: without it nothing can be counted by region."]])
