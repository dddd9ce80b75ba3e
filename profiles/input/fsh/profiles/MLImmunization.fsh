Profile: MLImmunization
Parent: Immunization
Id: ml-immunization
Title: "Vaccination (Mali)"
Description: "Une dose de vaccin administrée, reportée d'un carnet ou non administrée. primarySource distingue la dose donnée ce jour (true) de la dose recopiée du carnet (false). Le numéro de lot est attendu, jamais obligatoire : un carnet ne le porte pas toujours."
* insert Published([["Immunization (Mali)"]], [["A vaccine dose given, copied from a card, or not given. primarySource tells a dose given today (true) from one copied from the card (false). The lot number is expected, never mandatory: a card does not always carry it."]])
* obeys ml-imm-1 and ml-imm-2 and ml-imm-3
* extension contains MLVaccinationStrategy named strategy 0..1 MS
* identifier MS
* statusReason MS
* vaccineCode MS
* vaccineCode from $vaccine-vs (extensible)
* vaccineCode ^short = "Vaccin du PEV ; un code CVX, ATC ou CIM-11 peut l'accompagner"
* encounter MS
* occurrence[x] MS
* primarySource MS
* primarySource ^short = "true : donnée ce jour ; false : reportée du carnet (préciser reportOrigin)"
* reportOrigin MS
* location MS
* lotNumber 0..1 MS
* expirationDate MS
* site MS
* route MS
* performer MS
* protocolApplied MS
* protocolApplied.doseNumber[x] MS
* protocolApplied.doseNumber[x] ^short = "Rang de la dose ; la dose de naissance du VPO s'écrit doseNumberString = 0"
* reaction MS
