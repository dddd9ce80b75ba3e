Invariant: ml-enc-2
Severity: #warning
Description: "Pour un contact de télésanté (VR), nommez le site demandeur et le site expert : l'activité se compte des deux côtés."
Expression: "iif(class.code = 'VR', extension.where(url.endsWith('/ml-ext-requesting-site')).exists() and extension.where(url.endsWith('/ml-ext-answering-site')).exists(), true)"
* insert EnglishRule([["For a telehealth encounter (VR), name the requesting and the answering site: activity is counted on both sides."]])
