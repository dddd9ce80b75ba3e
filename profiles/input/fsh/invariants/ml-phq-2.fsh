Invariant: ml-phq-2
Severity: #warning
Description: "Répondez aux neuf questions, ou marquez status = in-progress : un score sur huit réponses sous-estime la dépression."
Expression: "status != 'completed' or item.where(linkId.matches('^[1-9]$') and answer.exists()).count() >= 9"
* insert EnglishRule([["Answer the nine questions, or set status = in-progress: a score on eight answers underestimates depression."]])
