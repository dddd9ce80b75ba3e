Profile: MLProcedure
Parent: Procedure
Id: ml-procedure
Title: "Acte (Mali)"
Description: "Un acte fait, en cours ou non fait."
* insert Published([["Procedure (Mali)"]], [["An act done, under way or not done."]])
* obeys ml-pro-1
* insert Expected(identifier, [["Le numéro du registre d'actes."]], [["The number in the register of acts."]])
* insert Expected(status, [["Un acte non fait se compte à part."]], [["An act not done is counted apart."]])
* insert Expected(code, [["L'acte, en clair s'il n'est pas codé."]], [["The act, in words when it is not coded."]])
* insert Expected(subject, [["La personne sur qui l'acte est fait."]], [["The person it is done to."]])
* insert Expected(encounter, [["Le contact où il est fait."]], [["The encounter in which it is done."]])
* insert Expected(performed[x], [["Sans date, l'acte n'entre dans aucune période."]], [["Without a date the act falls in no period."]])
* insert Expected(performer, [["Qui l'a fait, et son métier."]], [["Who did it, and their profession."]])
* insert Expected(location, [["Où il a été fait."]], [["Where it was done."]])
* insert Expected(outcome, [["Ce qui en est résulté."]], [["What came of it."]])
