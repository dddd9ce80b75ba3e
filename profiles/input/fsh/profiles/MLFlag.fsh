Profile: MLFlag
Parent: Flag
Id: ml-flag
Title: "Signalement (Mali)"
Description: "Un signalement qui doit être vu avant d'agir : danger clinique, enfant à protéger, alerte de surveillance."
* insert Published([["Flag (Mali)"]], [["A flag to be seen before acting: clinical danger, child to protect, surveillance alert."]])
* insert Expected(identifier, [["Le numéro du signalement."]], [["The number of the flag."]])
* insert Expected(status, [["Un signalement levé ne s'affiche plus."]], [["A flag that was lifted is no longer shown."]])
* insert Expected(category, [["Dit qui doit le voir."]], [["Says who must see it."]])
* category from $flag-category-vs (preferred)
* insert Expected(code, [["Ce qui est signalé."]], [["What is flagged."]])
* insert Expected(subject, [["Qui ou quel lieu est signalé."]], [["Who or which place is flagged."]])
* insert Expected(period, [["Depuis quand et jusqu'à quand."]], [["Since when and until when."]])
* insert Expected(author, [["Qui en répond."]], [["Who answers for it."]])
