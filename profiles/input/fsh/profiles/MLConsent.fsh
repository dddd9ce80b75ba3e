Profile: MLConsent
Parent: Consent
Id: ml-consent
Title: "Consentement ou opposition (Mali)"
Description: "Ce que la personne accepte ou refuse pour ses données (loi 2013-015). Un accord oral se note, car beaucoup ne signent pas."
* insert Published([["Consent or objection (Mali)"]], [["What the person accepts or refuses for their data (law 2013-015). A spoken agreement is recorded, because many do not sign."]])
* obeys ml-cns-1 and ml-cns-2
* insert Expected(status, [["Un consentement retiré ne vaut plus."]], [["A withdrawn consent no longer counts."]])
* insert Expected(scope, [["Données, soin ou recherche."]], [["Data, care or research."]])
* insert Expected(category, [["Le genre de consentement."]], [["The kind of consent."]])
* insert Expected(patient, [["La personne concernée."]], [["The person concerned."]])
* insert Expected(dateTime, [["Le dernier mot de la personne est celui qui compte."]], [["The person's last word is what counts."]])
* insert Expected(performer, [["La personne ou son tuteur."]], [["The person or the tutor."]])
* insert Expected(organization, [["La structure qui l'a recueilli."]], [["The facility that took it."]])
* insert Expected(verification, [["Devant qui l'accord oral a été donné."]], [["Before whom the spoken agreement was given."]])
* insert Expected(provision, [["Ce qui est permis ou interdit."]], [["What is permitted or denied."]])
* insert Expected(provision.code, [["L'objet : soin à distance, partage, rappels, recherche."]], [["The subject: remote care, sharing, reminders, research."]])
* provision.code from $consent-category-vs (preferred)
