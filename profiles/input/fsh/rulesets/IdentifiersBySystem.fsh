// Identifiers are told apart by their system. The slicing stays open: site record numbers, whose system names the site, and
// foreign systems are accepted beside the national ones.
RuleSet: IdentifiersBySystem
* insert Expected(identifier, [["Les numéros, reconnus à leur système ; ceux d'un site ou de l'étranger sont acceptés à côté."]], [["The numbers, told apart by their system; those of a site or from abroad are accepted beside them."]])
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open
* identifier ^slicing.ordered = false
