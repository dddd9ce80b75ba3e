Profile: MLAdverseEvent
Parent: AdverseEvent
Id: ml-adverse-event
Title: "Événement indésirable (Mali)"
Description: "Un événement indésirable lié à un soin, un médicament, un vaccin ou un matériel."
* insert Published([["Adverse event (Mali)"]], [["An adverse event tied to care, a medicine, a vaccine or equipment."]])
* insert Expected(identifier, [["Le numéro de la fiche."]], [["The number of the form."]])
* insert Expected(actuality, [["Un incident évité s'apprend aussi."]], [["A near miss teaches too."]])
* insert Expected(category, [["Vaccin, médicament ou matériel."]], [["Vaccine, medicine or equipment."]])
* insert Expected(event, [["Ce qui s'est produit."]], [["What happened."]])
* insert Expected(subject, [["La personne touchée."]], [["The person affected."]])
* insert Expected(date, [["Le délai après la dose oriente la cause."]], [["The delay after the dose points to the cause."]])
* insert Expected(seriousness, [["Une manifestation grave se notifie dans les 24 heures."]], [["A serious event is notified within 24 hours."]])
* insert Expected(outcome, [["Guérison, séquelle ou décès."]], [["Recovery, sequelae or death."]])
* insert Expected(recorder, [["Qui la déclare."]], [["Who reports it."]])
* insert Expected(suspectEntity, [["Le vaccin, le médicament ou l'appareil en cause."]], [["The vaccine, medicine or device in question."]])
