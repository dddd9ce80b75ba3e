Instance: MLBeneficiaryFeedback
InstanceOf: Questionnaire
Usage: #definition
* insert PublishedInstance(Questionnaire, ml-beneficiary-feedback, [["Avis d'un bénéficiaire"]], [["Beneficiary feedback"]])
* name = "MLBeneficiaryFeedback"
* description = "Ce que la personne pense du service reçu. Le nom n'est jamais demandé ; la structure jugée ne lit que des résultats groupés."
* subjectType[0] = #Patient
* subjectType[+] = #Group
* item[0].linkId = "service"
* item[=].text = "Quel service avez-vous reçu ?"
* insert InEnglish(item[=].text, [["Which service did you receive?"]])
* item[=].type = #open-choice
* item[=].answerValueSet = $service-type-vs
* item[+].linkId = "satisfaction"
* item[=].text = "Êtes-vous satisfait de ce service ?"
* insert InEnglish(item[=].text, [["Are you satisfied with this service?"]])
* item[=].type = #choice
* item[=].answerValueSet = $satisfaction-vs
* item[+].linkId = "respect"
* item[=].text = "Vous a-t-on traité avec respect ?"
* insert InEnglish(item[=].text, [["Were you treated with respect?"]])
* item[=].type = #boolean
* item[+].linkId = "paid"
* item[=].text = "Vous a-t-on demandé de payer un service gratuit ?"
* insert InEnglish(item[=].text, [["Were you asked to pay for a free service?"]])
* item[=].type = #boolean
* item[+].linkId = "unsafe"
* item[=].text = "Vous êtes-vous senti en danger, ou un enfant l'a-t-il été ?"
* insert InEnglish(item[=].text, [["Did you feel in danger, or was a child in danger?"]])
* item[=].type = #boolean
* item[+].linkId = "comment"
* item[=].text = "Que faut-il changer ?"
* insert InEnglish(item[=].text, [["What should change?"]])
* item[=].type = #text
* item[+].linkId = "call-back"
* item[=].text = "Acceptez-vous d'être rappelé ?"
* insert InEnglish(item[=].text, [["Do you agree to be called back?"]])
* item[=].type = #boolean
