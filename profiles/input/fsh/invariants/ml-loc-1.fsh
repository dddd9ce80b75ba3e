Invariant: ml-loc-1
Severity: #warning
Description: "La position est hors du Mali : vérifiez que la longitude et la latitude ne sont pas inversées."
Expression: "longitude.hasValue().not() or latitude.hasValue().not() or (longitude + 12.3 >= 0 and longitude <= 4.3 and latitude >= 10.1 and latitude <= 25.1)"
* insert EnglishRule([["The position is outside Mali: check that longitude and latitude are not swapped."]])
