Profile: MLQuestionnaireResponse
Parent: QuestionnaireResponse
Id: ml-questionnaire-response
Title: "Réponses à un questionnaire (Mali)"
Description: "Les réponses d'une personne à un questionnaire."
* insert Published([["Answers to a questionnaire (Mali)"]], [["A person's answers to a questionnaire."]])
* insert Expected(questionnaire, [["Sans le questionnaire et sa version, les réponses ne se lisent pas."]], [["Without the questionnaire and its version the answers cannot be read."]])
* insert Expected(status, [["Des réponses incomplètes ne donnent pas de score."]], [["Incomplete answers give no score."]])
* insert Expected(subject, [["De qui l'on parle."]], [["Who is spoken of."]])
* insert Expected(authored, [["Deux réponses se comparent par leurs dates."]], [["Two answers are compared by their dates."]])
* insert Expected(author, [["Qui a recueilli les réponses."]], [["Who took the answers down."]])
* insert Expected(source, [["La personne elle-même ou un proche."]], [["The person or a relative."]])
* insert Expected(item, [["Les réponses, dans l'ordre du questionnaire."]], [["The answers, in the order of the questionnaire."]])
