Invariant: ml-aef-1
Severity: #warning
Description: "Reliez la MAPI à la dose (suspectEntity.instance) : le vaccin et le lot en cause se retrouvent par elle."
Expression: "suspectEntity.exists()"
* insert EnglishRule([["Tie the AEFI to the dose (suspectEntity.instance): vaccine and lot in question are found through it."]])
