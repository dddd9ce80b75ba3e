Profile: MLDelivery
Parent: MLProcedure
Id: ml-delivery
Title: "Accouchement (Mali)"
Description: "L'accouchement d'une femme : date et heure, mode, qui a assisté. L'issue pour chaque enfant est une observation (ml-birth-outcome). S'applique à tout acte de catégorie accouchement."
* insert Published([["Delivery (Mali)"]], [["A woman's delivery: date and time, mode, who attended. The outcome for each child is an observation (ml-birth-outcome). Applies to every procedure of category delivery."]])
* insert AppliesWhen(category, $contact-type, delivery, [["La catégorie dit que c'est un accouchement."]], [["The category says that this is a delivery."]])
* obeys ml-del-1
* insert Expected(category, [["Sépare les accouchements des autres actes."]], [["Tells deliveries from other procedures."]])
* code 1..1
* insert Why(code, [["Le taux de césarienne se calcule sur le mode de chaque accouchement ; en clair s'il n'est pas codé."]], [["The caesarean rate is computed on the mode of each delivery; in words when not coded."]])
* code from $delivery-mode-vs (extensible)
