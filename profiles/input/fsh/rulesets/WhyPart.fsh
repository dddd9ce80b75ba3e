// Why a part of an extension is asked for, and its value with it. What every extension has (its address, either a value or
// parts) is FHIR's own rule; the guide says so.
RuleSet: WhyPart(part, french, english)
* insert Why(extension[{part}], [[{french}]], [[{english}]])
* insert Why(extension[{part}].value[x], [[{french}]], [[{english}]])
