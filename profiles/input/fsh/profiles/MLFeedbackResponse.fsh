Profile: MLFeedbackResponse
Parent: MLQuestionnaireResponse
Id: ml-feedback-response
Title: "Avis d'un bénéficiaire (Mali)"
Description: "Les réponses d'un bénéficiaire au questionnaire d'avis. L'étiquette est obligatoire : une plainte lue sous son nom par la structure jugée expose la personne. S'applique à toute réponse à ce questionnaire."
* insert Published([["Beneficiary feedback (Mali)"]], [["A beneficiary's answers to the feedback questionnaire. The label is mandatory: a complaint read under its author's name by the facility that is judged exposes the person. Applies to every answer to this questionnaire."]])
* insert AppliesWhenSame(questionnaire, $beneficiary-feedback, [["L'adresse du questionnaire dit que c'est un avis."]], [["The address of the questionnaire says that it is feedback."]])
* obeys ml-fbk-1
* insert Expected(meta.security, [["L'étiquette restreint qui lit."]], [["The label restricts who reads."]])
