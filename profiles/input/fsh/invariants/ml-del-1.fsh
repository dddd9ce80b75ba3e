Invariant: ml-del-1
Severity: #warning
Description: "Dites qui a assisté l'accouchement (performer) : la part assistée par un personnel qualifié se compte ainsi."
Expression: "status != 'completed' or performer.exists()"
* insert EnglishRule([["Say who attended the delivery (performer): the share attended by qualified staff is counted this way."]])
