Profile: MLSubscription
Parent: Subscription
Id: ml-subscription
Title: "Abonnement (Mali)"
Description: "Un système demande à être prévenu. Le contenu complet ne part que si l'abonné a le droit de le lire ; par défaut l'avis est vide. Les sujets sont publiés dans le paquet (Basic ml-topic-…, forme R4 du rétroportage des abonnements de R5) et listés dans ml-event-topic. La livraison durable n'existe pas encore : l'échange ne prévient personne."
* insert Published([["Subscription (Mali)"]], [["A system asks to be told. Full content is sent only where the subscriber may read it; by default the notice is empty. Topics are published in the package (Basic ml-topic-…, the R4 form of the backport of R5 subscriptions) and listed in ml-event-topic. Durable delivery does not exist yet: the exchange tells nobody."]])
* obeys ml-sub-1
* insert Expected(status, [["Un abonnement en erreur ne prévient plus."]], [["A subscription in error tells nobody."]])
* insert Expected(reason, [["Pourquoi le système veut être prévenu."]], [["Why the system wants to be told."]])
* insert Expected(criteria, [["Le sujet de l'abonnement."]], [["The topic of the subscription."]])
* insert Expected(end, [["Un abonnement oublié s'arrête de lui-même."]], [["A forgotten subscription ends by itself."]])
* insert Expected(channel, [["Où et sous quelle forme."]], [["Where and in which form."]])
