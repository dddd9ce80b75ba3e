// Identifiers are told apart by their system. The slicing stays open: site record numbers, whose system names the site, and
// foreign systems are accepted beside the national ones.
RuleSet: IdentifiersBySystem
* identifier MS
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open
* identifier ^slicing.ordered = false
