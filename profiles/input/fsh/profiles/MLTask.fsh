Profile: MLTask
Parent: Task
Id: ml-task
Title: "Tâche (Mali)"
Description: "Ce qu'un service doit faire, pour qui et pour quand."
* insert Published([["Task (Mali)"]], [["What a service must do, for whom and by when."]])
* obeys ml-tas-1
* insert Expected(identifier, [["Le numéro de la fiche."]], [["The number of the form."]])
* insert Expected(status, [["Une tâche refusée doit être confiée à un autre."]], [["A rejected task must be given to somebody else."]])
* insert Expected(priority, [["Une urgence passe devant."]], [["An emergency goes first."]])
* insert Expected(code, [["Ce qui est à faire."]], [["What is to be done."]])
* code from $task-type-vs (preferred)
* insert Expected(focus, [["Le signalement ou la demande en cause."]], [["The flag or request in question."]])
* insert Expected(for, [["La personne ou le ménage servi."]], [["The person or household served."]])
* insert Expected(authoredOn, [["Le délai se compte depuis cette date."]], [["The delay is counted from this date."]])
* insert Expected(requester, [["Qui attend la réponse."]], [["Who awaits the answer."]])
* insert Expected(owner, [["Le service qui doit agir."]], [["The service that must act."]])
* insert Expected(restriction, [["L'échéance."]], [["The deadline."]])
* insert Expected(output, [["Ce qui a été fait."]], [["What was done."]])
