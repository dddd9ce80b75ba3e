Invariant: ml-imm-1
Severity: #warning
Description: "Une dose donnée ce jour porte son numéro de lot : il sert à retrouver les enfants vaccinés si le lot est rappelé."
Expression: "iif(status = 'completed' and primarySource = true, lotNumber.exists(), true)"
* insert EnglishRule([["A dose given today carries its lot number: it finds the vaccinated children again if the lot is recalled."]])
