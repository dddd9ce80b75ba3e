Profile: MLCashTransfer
Parent: MLCoverage
Id: ml-cash-transfer
Title: "Inscription à un transfert monétaire (Mali)"
Description: "L'inscription d'une personne ou de son ménage à un programme de filets sociaux. Ce n'est pas une assurance : FHIR R4 n'a pas d'autre ressource pour un droit daté. S'applique à toute couverture de type TRANSFERT."
* insert Published([["Cash transfer enrolment (Mali)"]], [["The enrolment of a person or household in a safety net programme. It is no insurance: FHIR R4 has no other resource for a dated entitlement. Applies to every coverage of type TRANSFERT."]])
* insert AppliesWhen(type, $coverage-type, TRANSFERT, [["Le type dit que c'est un transfert monétaire."]], [["The type says that it is a cash transfer."]])
* obeys ml-csh-1 and ml-sen-1
* insert Expected(policyHolder, [["Qui reçoit le versement, souvent la mère."]], [["Who receives the payment, often the mother."]])
* insert Expected(meta.security, [["La pauvreté d'un ménage ne se lit pas à l'accueil."]], [["A household's poverty is not read at the reception desk."]])
