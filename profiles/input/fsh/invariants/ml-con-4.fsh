Invariant: ml-con-4
Severity: #warning
Description: "La notification précède le début des signes : vérifiez les deux dates, car la promptitude se calcule entre elles."
Expression: "iif(extension.where(url.endsWith('/ml-ext-notification-date')).value.ofType(dateTime) < onset.ofType(dateTime), false, true)"
* insert EnglishRule([["The notification comes before the onset: check both dates, because timeliness is computed between them."]])
