Invariant: ml-rol-1
Severity: #warning
Description: "Dites la structure (organization) et le métier (code) : un annuaire sans eux ne trouve personne."
Expression: "organization.exists() and code.exists()"
* insert EnglishRule([["Say the facility (organization) and the profession (code): a directory without them finds nobody."]])
