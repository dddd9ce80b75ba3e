Profile: MLProvenance
Parent: Provenance
Id: ml-provenance
Title: "Origine d'un dossier (Mali)"
Description: "D'où vient un dossier : qui l'a écrit, quel système l'a envoyé, d'après quel papier."
* insert Published([["Origin of a record (Mali)"]], [["Where a record comes from: who wrote it, which system sent it, after which paper."]])
* obeys ml-prv-1
* insert Expected(target, [["Le dossier et sa version."]], [["The record and its version."]])
* insert Expected(occurred[x], [["Quand la chose a été faite, avant d'être saisie."]], [["When the thing was done, before it was typed in."]])
* insert Expected(recorded, [["Quand elle a été saisie."]], [["When it was typed in."]])
* insert Expected(activity, [["Création, correction, fusion."]], [["Creation, correction, merge."]])
* insert Expected(agent, [["Qui en répond."]], [["Who answers for it."]])
* insert Expected(entity, [["Le registre ou le carnet recopié."]], [["The register or card copied."]])
