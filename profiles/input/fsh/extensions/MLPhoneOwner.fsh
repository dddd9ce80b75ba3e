Extension: MLPhoneOwner
Id: ml-ext-phone-owner
Title: "Propriétaire du téléphone"
Description: "À qui appartient le téléphone : un numéro sert souvent à tout un ménage ou à un voisin, et un message peut être lu par autrui."
Context: ContactPoint
* insert Published([["Phone owner"]], [["Whose telephone it is: a number often serves a whole household or a neighbour, and somebody else may read a message."]])
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from $phone-owner-vs (extensible)
* insert Why(value[x], [["Un code : un rappel ne part pas au téléphone d'un voisin."]], [["A code: a reminder does not go to a neighbour's telephone."]])
