Profile: MLPostnatalContact
Parent: MLEncounter
Id: ml-postnatal-contact
Title: "Consultation postnatale (Mali)"
Description: "Un contact de la mère ou du nouveau-né après la naissance. S'applique à tout contact de type postnatal."
* insert Published([["Postnatal contact (Mali)"]], [["A contact of mother or newborn after the birth. Applies to every encounter of type postnatal."]])
* insert AppliesWhen(type, $contact-type, postnatal, [["Le type dit que c'est une consultation postnatale."]], [["The type says that this is a postnatal contact."]])
* obeys ml-pnc-1
* insert Expected(period, [["Les contacts de 24 heures, 3 jours, 7 à 14 jours et 6 semaines se reconnaissent à la date."]], [["The contacts at 24 hours, 3 days, 7 to 14 days and 6 weeks are told by the date."]])
