Invariant: ml-tas-1
Severity: #warning
Description: "Dites quel service doit agir (owner) et depuis quand (authoredOn) : une tâche sans responsable ne se fait pas."
Expression: "status in ('draft' | 'cancelled' | 'entered-in-error') or (owner.exists() and authoredOn.exists())"
* insert EnglishRule([["Say which service must act (owner) and since when (authoredOn): a task without an owner is not done."]])
