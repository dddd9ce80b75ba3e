Profile: MLPhq9Response
Parent: MLQuestionnaireResponse
Id: ml-phq-9-response
Title: "Réponses au PHQ-9 (Mali)"
Description: "Les réponses au PHQ-9. L'étiquette PSY est obligatoire : une pensée suicidaire lue par toute la structure nuit à la personne. S'applique à toute réponse à ce questionnaire."
* insert Published([["Answers to the PHQ-9 (Mali)"]], [["The answers to the PHQ-9. The label PSY is mandatory: a suicidal thought read by the whole facility harms the person. Applies to every answer to this questionnaire."]])
* insert AppliesWhenSame(questionnaire, $phq-9, [["L'adresse du questionnaire dit que c'est le PHQ-9."]], [["The address of the questionnaire says that it is the PHQ-9."]])
* obeys ml-phq-1 and ml-phq-2
* subject 1..1
* insert Why(subject, [["Une réponse qui révèle un danger doit mener à une personne."]], [["An answer that reveals a danger must lead to a person."]])
* insert Expected(meta.security, [["L'étiquette PSY restreint qui lit."]], [["The label PSY restricts who reads."]])
