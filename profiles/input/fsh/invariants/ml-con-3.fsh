Invariant: ml-con-3
Severity: #warning
Description: "Classez le cas d'une maladie à déclaration (suspect, probable, confirmé, écarté) : sans classement, il compte comme suspect."
Expression: "code.coding.where(system.endsWith('/ml-notifiable-disease')).empty() or extension.where(url.endsWith('/ml-ext-case-classification')).exists()"
* insert EnglishRule([["Classify the case of a notifiable disease (suspected, probable, confirmed, discarded): without a class it counts as suspected."]])
