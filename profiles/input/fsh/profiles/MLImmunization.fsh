Profile: MLImmunization
Parent: Immunization
Id: ml-immunization
Title: "Vaccination (Mali)"
Description: "Une dose de vaccin administrée, reportée d'un carnet ou non administrée. primarySource distingue la dose donnée ce jour (true) de la dose recopiée du carnet (false). Le numéro de lot est attendu, jamais obligatoire : un carnet ne le porte pas toujours."
* insert Published([["Immunization (Mali)"]], [["A vaccine dose given, copied from a card, or not given. primarySource tells a dose given today (true) from one copied from the card (false). The lot number is expected, never mandatory: a card does not always carry it."]])
* obeys ml-imm-1 and ml-imm-2 and ml-imm-3
* extension contains MLVaccinationStrategy named strategy 0..1 MS
* insert Why(extension[strategy], [["La couverture se calcule par stratégie : fixe, avancée, mobile, campagne."]], [["Coverage is computed by strategy: fixed, outreach, mobile, campaign."]])
* insert Expected(identifier, [["Le numéro du registre de vaccination."]], [["The number in the vaccination register."]])
* insert Expected(status, [["Une dose non faite ne compte pas, et sa raison sert."]], [["A dose not given does not count, and its reason is useful."]])
* insert Expected(statusReason, [["Rupture, refus et contre-indication appellent des réponses différentes."]], [["Stock-out, refusal and contra-indication call for different answers."]])
* statusReason from $immunization-not-done-reason-vs (preferred)
* insert Expected(vaccineCode, [["Le vaccin, tel que le programme le nomme."]], [["The vaccine, as the programme names it."]])
* vaccineCode from $vaccine-vs (extensible)
* insert Short(vaccineCode, [["Vaccin du PEV ; un code CVX, ATC ou CIM-11 peut l'accompagner"]], [["Vaccine of the programme; a CVX, ATC or ICD-11 code may go with it"]])
* insert Expected(encounter, [["La séance où la dose a été donnée."]], [["The session in which the dose was given."]])
* insert Expected(occurrence[x], [["L'intervalle jusqu'à la dose suivante part de cette date."]], [["The interval to the next dose starts at this date."]])
* insert Expected(primarySource, [["Une dose recopiée du carnet ne se compte pas deux fois."]], [["A dose copied from the card is not counted twice."]])
* insert Short(primarySource, [["true : donnée ce jour ; false : reportée du carnet (préciser reportOrigin)"]], [["true: given today; false: copied from the card (say so in reportOrigin)"]])
* insert Expected(reportOrigin, [["Carnet ou mémoire de la mère : la preuve n'est pas la même."]], [["Card or mother's memory: the evidence differs."]])
* insert Expected(location, [["La dose se compte là où elle est donnée."]], [["The dose is counted where it is given."]])
* lotNumber 0..1
* insert Expected(lotNumber, [["Il retrouve les enfants vaccinés si le lot est rappelé ; un carnet ne le porte pas toujours."]], [["It finds the vaccinated children if the lot is recalled; a card does not always carry it."]])
* insert Expected(expirationDate, [["Une dose périmée est à refaire."]], [["An expired dose must be repeated."]])
* insert Expected(site, [["Le BCG et l'abcès se cherchent au point d'injection."]], [["BCG and an abscess are looked for at the injection site."]])
* insert Expected(route, [["Le vaccin oral et l'injectable ne se confondent pas."]], [["Oral and injected vaccines are not mistaken for each other."]])
* insert Expected(performer, [["Qui a vacciné."]], [["Who vaccinated."]])
* insert Expected(protocolApplied, [["Le rang de la dose dans la série."]], [["The rank of the dose in the series."]])
* insert Expected(protocolApplied.doseNumber[x], [["La couverture compte la première et la dernière dose."]], [["Coverage counts the first and the last dose."]])
* insert Short(protocolApplied.doseNumber[x], [["Rang de la dose ; la dose de naissance du VPO s'écrit doseNumberString = 0"]], [["Number of the dose; the birth dose of polio is written doseNumberString = 0"]])
* insert Expected(protocolApplied.targetDisease, [["Un vaccin combiné protège contre plusieurs maladies."]], [["A combined vaccine protects from several diseases."]])
* insert Expected(reaction, [["Relie la dose à une manifestation postvaccinale."]], [["Ties the dose to an adverse event."]])
