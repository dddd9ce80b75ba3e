// The text may be reproduced and translated without permission (PHQ screeners, Pfizer). The French is that in general use;
// no validation in Mali was found, and there is no version yet in a national language.
Instance: MLPhq9
InstanceOf: Questionnaire
Usage: #definition
* insert PublishedInstance(Questionnaire, ml-phq-9, [["Questionnaire de dépistage de la dépression (PHQ-9)"]], [["Depression screening questionnaire (PHQ-9)"]])
* name = "MLPhq9"
* description = "Au cours des deux dernières semaines, à quelle fréquence avez-vous été gêné(e) par les problèmes suivants ? Le score (0 à 27) est la somme des neuf réponses. Version française d'usage, dont aucune validation au Mali n'a été trouvée : une aide au dépistage, jamais un diagnostic."
* copyright = "PHQ-9 : Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke et collègues, avec une bourse de Pfizer Inc. Aucune permission n'est requise pour le reproduire, le traduire, l'afficher ou le diffuser. Codes LOINC © Regenstrief Institute."
* subjectType = #Patient
* code = $loinc#44249-1
* insert Phq9Item(1, 44250-9, [["Peu d'intérêt ou de plaisir à faire les choses"]], [["Little interest or pleasure in doing things"]])
* insert Phq9Item(2, 44255-8, [["Se sentir triste, déprimé(e) ou désespéré(e)"]], [["Feeling down, depressed, or hopeless"]])
* insert Phq9Item(3, 44259-0, [["Difficultés à s'endormir ou à rester endormi(e), ou trop dormir"]], [["Trouble falling or staying asleep, or sleeping too much"]])
* insert Phq9Item(4, 44254-1, [["Se sentir fatigué(e) ou avoir peu d'énergie"]], [["Feeling tired or having little energy"]])
* insert Phq9Item(5, 44251-7, [["Peu d'appétit ou manger trop"]], [["Poor appetite or overeating"]])
* insert Phq9Item(6, 44258-2, [["Avoir une mauvaise opinion de soi-même, ou le sentiment d'être nul(le), ou d'avoir déçu sa famille ou soi-même"]], [["Feeling bad about yourself, or that you are a failure or have let yourself or your family down"]])
* insert Phq9Item(7, 44252-5, [["Difficultés à se concentrer, par exemple pour lire le journal ou regarder la télévision"]], [["Trouble concentrating on things, such as reading the newspaper or watching television"]])
* insert Phq9Item(8, 44253-3, [["Bouger ou parler si lentement que les autres ont pu le remarquer, ou au contraire être si agité(e) que vous bougez beaucoup plus que d'habitude"]], [["Moving or speaking so slowly that other people could have noticed, or the opposite: being so restless that you have been moving around a lot more than usual"]])
* insert Phq9Item(9, 44260-8, [["Penser qu'il vaudrait mieux mourir, ou envisager de se faire du mal d'une manière ou d'une autre"]], [["Thoughts that you would be better off dead, or of hurting yourself in some way"]])
* item[+].linkId = "total"
* item[=].code = $loinc#44261-6
* item[=].text = "Score total"
* insert InEnglish(item[=].text, [["Total score"]])
* item[=].type = #integer
