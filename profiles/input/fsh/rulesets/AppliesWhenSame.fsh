// The same for an address, such as that of a questionnaire.
RuleSet: AppliesWhenSame(path, uri, french, english)
* insert Applying({path}, [[{french}]], [[{english}]])
* ^extension[=].extension[2].url = "uri"
* ^extension[=].extension[2].valueUri = {uri}
