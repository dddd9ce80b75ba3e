Profile: MLPractitionerRole
Parent: PractitionerRole
Id: ml-practitioner-role
Title: "Poste (Mali)"
Description: "Qui travaille où, à quel titre, pour quelle spécialité, depuis quand."
* insert Published([["Post (Mali)"]], [["Who works where, in which capacity, for which speciality, since when."]])
* obeys ml-rol-1
* insert Expected(active, [["Un poste vacant ne reçoit pas de demande."]], [["A vacant post receives no request."]])
* insert Expected(period, [["Une affectation a un début et une fin."]], [["A posting begins and ends."]])
* insert Expected(practitioner, [["Qui."]], [["Who."]])
* insert Expected(organization, [["Dans quelle structure."]], [["In which facility."]])
* insert Expected(code, [["Le métier exercé."]], [["The profession."]])
* code from $practitioner-role-vs (preferred)
* insert Expected(specialty, [["La spécialité pour laquelle l'expert est sollicité."]], [["The speciality for which the expert is asked."]])
* specialty from $telehealth-speciality-vs (preferred)
* insert Expected(location, [["Où."]], [["Where."]])
* insert Expected(healthcareService, [["Le service auquel le poste contribue."]], [["The service that the post contributes to."]])
* insert Expected(availableTime, [["Les heures de garde de la télé-expertise."]], [["The hours on duty for tele-expertise."]])
