Invariant: ml-tlh-1
Severity: #warning
Description: "Dites comment l'échange s'est fait (extension modalité) : une liaison vidéo et un message différé ne se comparent pas."
Expression: "status in ('planned' | 'cancelled' | 'entered-in-error') or extension.where(url.endsWith('/ml-ext-telehealth-modality')).exists()"
* insert EnglishRule([["Say how the exchange took place (modality extension): a video link and a deferred message do not compare."]])
