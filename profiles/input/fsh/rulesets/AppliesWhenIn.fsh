// The same for any code of a value set.
RuleSet: AppliesWhenIn(path, valueset, french, english)
* insert Applying({path}, [[{french}]], [[{english}]])
* ^extension[=].extension[2].url = "valueSet"
* ^extension[=].extension[2].valueCanonical = {valueset}
