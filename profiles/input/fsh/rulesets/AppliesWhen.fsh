// A profile that a record need not claim: the exchange applies it when the element at the path carries the code.
RuleSet: AppliesWhen(path, system, code, french, english)
* insert Applying({path}, [[{french}]], [[{english}]])
* ^extension[=].extension[2].url = "coding"
* ^extension[=].extension[2].valueCoding = {system}#{code}
