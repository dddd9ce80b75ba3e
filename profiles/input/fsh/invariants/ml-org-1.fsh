Invariant: ml-org-1
Severity: #warning
Description: "Dites de quelle structure dépend un CSCom, un CSRéf ou un district (partOf) : sans elle, son rapport ne remonte nulle part."
Expression: "active = false or type.coding.where(system.endsWith('/ml-facility-type') and code in ('cscom' | 'csref' | 'health-district')).empty() or partOf.exists()"
* insert EnglishRule([["Say which organisation a CSCom, CSRéf or district belongs to (partOf): without it, its report goes up nowhere."]])
