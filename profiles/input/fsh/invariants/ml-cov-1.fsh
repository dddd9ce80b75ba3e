Invariant: ml-cov-1
Severity: #warning
Description: "Un certificat RAMED ou RAMU a une durée : donnez la période, sinon un droit expiré passe pour valable."
Expression: "type.coding.where(system.endsWith('/ml-coverage-type') and code in ('RAMED' | 'RAMU')).empty() or period.start.exists() or period.end.exists()"
* insert EnglishRule([["A RAMED or RAMU certificate has a duration: give the period, or an expired right is taken for valid."]])
