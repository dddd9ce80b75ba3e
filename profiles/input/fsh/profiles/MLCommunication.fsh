Profile: MLCommunication
Parent: Communication
Id: ml-communication
Title: "Message (Mali)"
Description: "Un message envoyé ou reçu au sujet d'une personne : réponse, notification, rappel."
* insert Published([["Message (Mali)"]], [["A message sent or received about a person: answer, notification, reminder."]])
* obeys ml-com-1
* insert Expected(basedOn, [["La demande à laquelle le message répond."]], [["The request that the message answers."]])
* insert Expected(status, [["Un message non remis reste à renvoyer."]], [["A message that was not delivered is still to be sent."]])
* insert Expected(category, [["Réponse, notification immédiate ou rappel."]], [["Answer, immediate notification or reminder."]])
* category from $communication-category-vs (preferred)
* insert Expected(subject, [["La personne dont il s'agit."]], [["The person concerned."]])
* insert Expected(encounter, [["Le contact auquel il se rattache."]], [["The encounter it belongs to."]])
* insert Expected(sent, [["L'heure d'envoi mesure le délai de notification."]], [["The time of sending measures the delay of notification."]])
* insert Expected(recipient, [["Qui doit le lire."]], [["Who is to read it."]])
* insert Expected(sender, [["Qui en répond."]], [["Who answers for it."]])
* insert Expected(payload, [["Le texte ou l'image envoyée."]], [["The text or picture sent."]])
