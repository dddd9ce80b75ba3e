Profile: MLAuditEvent
Parent: AuditEvent
Id: ml-audit-event
Title: "Trace d'accès (Mali)"
Description: "Qui a lu ou écrit quoi, quand, pourquoi, dans la forme des traces d'IHE (Basic Audit Log Patterns). Rien n'est refusé : perdre une trace nuirait plus qu'une trace incomplète."
* insert Published([["Access trace (Mali)"]], [["Who read or wrote what, when and why, in the shape of IHE's Basic Audit Log Patterns. Nothing is refused: losing a trace would harm more than an incomplete one."]])
* obeys ml-aud-1 and ml-aud-2 and ml-aud-3
* insert Expected(type, [["rest pour un accès par l'interface FHIR."]], [["rest for an access through the FHIR interface."]])
* insert Expected(subtype, [["Lecture, recherche, création : ce qui a été fait."]], [["Read, search, create: what was done."]])
* insert Expected(action, [["C, R, U, D ou E."]], [["C, R, U, D or E."]])
* insert Expected(recorded, [["L'heure de l'accès."]], [["The time of access."]])
* insert Expected(outcome, [["Un accès refusé se cherche d'abord."]], [["A refused access is looked for first."]])
* insert Expected(purposeOfEvent, [["Soin, surveillance ou urgence : un accès sans but se conteste."]], [["Care, surveillance or emergency: an access without purpose is contested."]])
* insert Expected(agent, [["La personne, le système client, le serveur."]], [["The person, the client system, the server."]])
* insert Expected(source, [["Le système qui a tracé."]], [["The system that recorded the trace."]])
* insert Expected(entity, [["Le patient et le dossier touchés, par leur identifiant, jamais par leur nom."]], [["The patient and record concerned, by id, never by name."]])
