Profile: MLAppointment
Parent: Appointment
Id: ml-appointment
Title: "Rendez-vous (Mali)"
Description: "Un rendez-vous sur place ou à distance."
* insert Published([["Appointment (Mali)"]], [["An appointment on the spot or remote."]])
* insert Expected(identifier, [["Le numéro porté sur le carnet."]], [["The number written on the card."]])
* insert Expected(status, [["Un rendez-vous manqué déclenche un rappel."]], [["A missed appointment triggers a reminder."]])
* insert Expected(serviceType, [["Le service attendu : vaccination, consultation prénatale…"]], [["The service awaited: vaccination, antenatal…"]])
* serviceType from $service-type-vs (preferred)
* insert Expected(specialty, [["La spécialité de l'expert, à distance."]], [["The speciality of the remote expert."]])
* insert Expected(basedOn, [["La demande qui l'a motivé."]], [["The request behind it."]])
* insert Expected(start, [["La date qui sert au rappel."]], [["The date that the reminder uses."]])
* insert Expected(participant, [["Le patient, le soignant et le site."]], [["The patient, the carer and the site."]])
