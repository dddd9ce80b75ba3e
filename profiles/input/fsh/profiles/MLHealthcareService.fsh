Profile: MLHealthcareService
Parent: HealthcareService
Id: ml-healthcare-service
Title: "Service offert (Mali)"
Description: "Ce qu'une structure offre, où et quand, sur place ou à distance."
* insert Published([["Service offered (Mali)"]], [["What a facility offers, where and when, on the spot or remote."]])
* obeys ml-hcs-1
* insert Expected(active, [["Un service suspendu n'est pas proposé."]], [["A suspended service is not offered."]])
* insert Expected(providedBy, [["La structure qui en répond."]], [["The facility that answers for it."]])
* insert Expected(type, [["Le service, pour le trouver."]], [["The service, so that it is found."]])
* type from $service-type-vs (preferred)
* insert Expected(specialty, [["La spécialité à distance."]], [["The remote speciality."]])
* specialty from $telehealth-speciality-vs (preferred)
* insert Expected(location, [["Où il se rend."]], [["Where it is given."]])
* insert Expected(availableTime, [["Quand."]], [["When."]])
