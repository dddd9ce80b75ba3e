Invariant: ml-alr-2
Severity: #error
Description: "Désignez un lieu, un district ou un site (subject), jamais une personne : l'alerte circule au-delà des soignants et exposerait le malade."
Expression: "subject.where(reference.startsWith('Patient/') or reference.contains('/Patient/') or type = 'Patient').empty()"
* insert EnglishRule([["Name a place, a district or a site (subject), never a person: the alert circulates beyond carers and would expose the patient."]])
