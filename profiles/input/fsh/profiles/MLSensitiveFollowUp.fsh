Profile: MLSensitiveFollowUp
Parent: MLEpisodeOfCare
Id: ml-sensitive-follow-up
Title: "Suivi sensible (Mali)"
Description: "Le suivi d'une personne par un programme dont le nom seul expose : protection de l'enfant, renforcement de la famille, filets sociaux, VIH, santé mentale. Ses étiquettes restreignent qui le lit. S'applique à tout suivi par l'un de ces programmes."
* insert Published([["Sensitive follow-up (Mali)"]], [["A person's follow-up by a programme whose name alone exposes: child protection, family strengthening, safety nets, HIV, mental health. Its labels restrict who reads it. Applies to every follow-up by one of these programmes."]])
* insert AppliesWhen(type, $programme, hiv, [["Un suivi VIH dit un diagnostic."]], [["HIV care tells a diagnosis."]])
* insert AppliesWhen(type, $programme, pmtct, [["Ce suivi dit le VIH de la mère."]], [["This follow-up tells the mother's HIV."]])
* insert AppliesWhen(type, $programme, mental-health, [["Un suivi de santé mentale se lit entre soignants seuls."]], [["Mental health care is read among carers alone."]])
* insert AppliesWhen(type, $programme, family-strengthening, [["Ce suivi dit qu'un enfant risque de perdre la prise en charge de ses parents."]], [["This follow-up says that a child risks losing parental care."]])
* insert AppliesWhen(type, $programme, child-protection, [["Ce suivi dit qu'un enfant est à protéger."]], [["This follow-up says that a child is to be protected."]])
* insert AppliesWhen(type, $programme, social-safety-net, [["Ce suivi dit la pauvreté d'un ménage."]], [["This follow-up tells a household's poverty."]])
* obeys ml-sen-1
* insert Expected(meta.security, [["L'étiquette restreint la lecture aux services qui suivent la personne."]], [["The label restricts reading to the services that follow the person."]])
