// A system that knows the element sends it, and one that receives it keeps and shows it (must support); nobody is refused
// for lack of it.
RuleSet: Expected(path, french, english)
* {path} MS
* insert Why({path}, [[{french}]], [[{english}]])
