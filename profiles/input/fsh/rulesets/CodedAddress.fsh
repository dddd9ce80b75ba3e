// Where somebody lives or a place stands, coded in the division that the code's system names.
RuleSet: CodedAddress
* insert Expected(address, [["Le domicile ou le lieu, en clair et codé : la surveillance compte par région et par commune."]], [["Home or place, in words and coded: surveillance counts by region and commune."]])
* address.extension contains
    MLRegion named region 0..* MS and
    MLCercle named cercle 0..* MS and
    MLCommune named commune 0..* MS and
    MLVillage named village 0..1 MS
* insert Why(address.extension[region], [["Avant 2023, depuis 2023, ou les deux : le système du code dit lequel."]], [["Before 2023, since 2023 or both: the system of the code says which."]])
* insert Why(address.extension[cercle], [["Le district sanitaire suit souvent l'ancien cercle."]], [["The health district often follows the former cercle."]])
* insert Why(address.extension[commune], [["La commune délivre l'acte de naissance et le certificat d'indigence."]], [["The commune issues the birth certificate and the certificate of indigence."]])
* insert Why(address.extension[village], [["L'équipe avancée retrouve la personne par son village."]], [["The outreach team finds the person by the village."]])
