Invariant: ml-aef-2
Severity: #warning
Description: "Dites si la MAPI est grave (seriousness) : une MAPI grave se notifie et s'investigue sans attendre."
Expression: "seriousness.exists()"
* insert EnglishRule([["Say whether the AEFI is serious (seriousness): a serious one is notified and investigated at once."]])
