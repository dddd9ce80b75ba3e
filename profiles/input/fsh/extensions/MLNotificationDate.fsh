Extension: MLNotificationDate
Id: ml-ext-notification-date
Title: "Date de notification"
Description: "Quand le cas a été signalé au niveau supérieur : avec la date de début, elle donne la promptitude, point faible de la surveillance."
Context: Condition
* insert Published([["Notification date"]], [["When the case was reported to the next level: with the onset it gives timeliness, the weak point of surveillance."]])
* value[x] 1..1
* value[x] only dateTime
* insert Why(value[x], [["Une date : le délai entre le début et la notification se mesure."]], [["A date: the delay between onset and notification is measured."]])
