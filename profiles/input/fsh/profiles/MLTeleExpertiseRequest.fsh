Profile: MLTeleExpertiseRequest
Parent: MLServiceRequest
Id: ml-tele-expertise-request
Title: "Demande de télé-expertise (Mali)"
Description: "La question qu'un soignant pose à un expert à distance. S'applique à toute demande de catégorie télé-expertise."
* insert Published([["Tele-expertise request (Mali)"]], [["The question that a carer asks a remote expert. Applies to every request of category tele-expertise."]])
* insert AppliesWhen(category, $request-category, tele-expertise, [["La catégorie dit qu'un expert est attendu."]], [["The category says that an expert is awaited."]])
* obeys ml-tle-1
* requester 1..1
* insert Why(requester, [["Sans demandeur, l'avis de l'expert ne revient à personne et le patient attend."]], [["Without a requester the expert's opinion returns to nobody and the patient waits."]])
* insert Expected(performerType, [["La spécialité demandée trouve l'expert de garde."]], [["The speciality asked for finds the expert on duty."]])
* performerType from $telehealth-speciality-vs (extensible)
