Extension: MLRegion
Id: ml-ext-region
Title: "Région"
Description: "La région, codée dans le découpage d'avant 2023 ou dans celui de la loi 2023-007 ; le système du code dit lequel. Les deux peuvent figurer."
Context: Address
* insert Published([["Region"]], [["The region, coded in the division before 2023 or in that of law 2023-007; the system of the code says which. Both may be given."]])
* value[x] 1..1
* value[x] only Coding
* value[x] from $region-vs (required)
* valueCoding.system 1..1
* valueCoding.code 1..1
