Profile: MLMeasure
Parent: Measure
Id: ml-measure
Title: "Définition d'un rapport (Mali)"
Description: "Ce qu'un rapport compte, et comment."
* insert Published([["Definition of a report (Mali)"]], [["What a report counts, and how."]])
* insert Expected(url, [["Les rapports la citent par cette adresse."]], [["Reports quote it by this address."]])
* insert Expected(version, [["Un chiffre se lit avec la version de sa définition."]], [["A figure is read with the version of its definition."]])
* insert Expected(title, [["Le nom connu des équipes."]], [["The name that teams know."]])
* insert Expected(effectivePeriod, [["Depuis quand la définition vaut."]], [["Since when the definition holds."]])
* insert Expected(group, [["Ce qui est compté."]], [["What is counted."]])
