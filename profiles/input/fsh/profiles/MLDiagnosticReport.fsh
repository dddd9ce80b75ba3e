Profile: MLDiagnosticReport
Parent: DiagnosticReport
Id: ml-diagnostic-report
Title: "Compte rendu (Mali)"
Description: "Un compte rendu de laboratoire, d'imagerie ou d'expertise. Le sujet est obligatoire, car un compte rendu sans sujet ne se rattache à personne."
* insert Published([["Report (Mali)"]], [["A laboratory, imaging or expert report. The subject is mandatory, because a report without one belongs to nobody."]])
* obeys ml-dr-1
* insert Expected(identifier, [["Le numéro du registre du laboratoire."]], [["The number in the laboratory register."]])
* insert Expected(basedOn, [["La demande à laquelle il répond."]], [["The request it answers."]])
* insert Expected(status, [["Un résultat préliminaire peut changer."]], [["A preliminary result may change."]])
* insert Expected(category, [["Laboratoire ou imagerie."]], [["Laboratory or imaging."]])
* insert Expected(code, [["L'examen fait."]], [["The test done."]])
* subject 1..1
* insert Expected(subject, [["Un compte rendu sans sujet ne se rattache à personne."]], [["A report without a subject belongs to nobody."]])
* insert Expected(encounter, [["Le contact où l'examen a été demandé."]], [["The encounter in which the test was asked for."]])
* insert Expected(effective[x], [["La date du prélèvement ou de l'image."]], [["The date of sampling or of the picture."]])
* insert Expected(issued, [["L'heure de rendu mesure le délai du laboratoire."]], [["The time of release measures the laboratory's delay."]])
* insert Expected(performer, [["Le laboratoire qui en répond."]], [["The laboratory that answers for it."]])
* insert Expected(specimen, [["Le prélèvement analysé."]], [["The specimen analysed."]])
* insert Expected(result, [["Les résultats un à un, que la surveillance peut compter."]], [["The results one by one, which surveillance can count."]])
* insert Expected(conclusion, [["Ce que le clinicien lit d'abord."]], [["What the clinician reads first."]])
* insert Expected(presentedForm, [["Le document signé."]], [["The signed document."]])
