Profile: MLEpisodeOfCare
Parent: EpisodeOfCare
Id: ml-episode-of-care
Title: "Suivi par un programme (Mali)"
Description: "Le suivi d'une personne par un programme : grossesse, malnutrition, renforcement de la famille, filets sociaux."
* insert Published([["Follow-up by a programme (Mali)"]], [["A person's follow-up by a programme: pregnancy, malnutrition, family strengthening, safety net."]])
* obeys ml-epc-1
* insert Expected(identifier, [["Le numéro dans le registre du programme."]], [["The number in the programme's register."]])
* insert Expected(status, [["Sorti, perdu de vue ou en cours."]], [["Finished, lost or under way."]])
* insert Expected(type, [["Le programme : chacun ne voit que les siens."]], [["The programme: each sees its own."]])
* type from $programme-vs (preferred)
* insert Expected(patient, [["La personne suivie."]], [["The person followed."]])
* insert Expected(managingOrganization, [["L'organisation qui répond du suivi."]], [["The organisation that answers for the follow-up."]])
* insert Expected(period, [["Entrée et sortie du programme."]], [["Entry into and exit from the programme."]])
* insert Expected(careManager, [["L'agent que la famille connaît."]], [["The worker whom the family knows."]])
* insert Expected(team, [["Les services qui agissent ensemble."]], [["The services that act together."]])
