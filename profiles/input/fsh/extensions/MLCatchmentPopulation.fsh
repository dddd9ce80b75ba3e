Extension: MLCatchmentPopulation
Id: ml-ext-catchment-population
Title: "Population desservie"
Description: "Nombre d'habitants desservis, avec l'année et la source : un taux sans dénominateur daté ne se compare pas."
Context: Location
* insert Published([["Catchment population"]], [["Number of inhabitants served, with the year and the source: a rate without a dated denominator cannot be compared."]])
* extension contains
    count 1..1 and
    year 1..1 and
    source 0..1
* extension[count].value[x] 1..1
* extension[count].value[x] only positiveInt
* extension[year].value[x] 1..1
* extension[year].value[x] only date
* extension[source].value[x] 1..1
* extension[source].value[x] only string
* insert WhyPart(count, [["Le dénominateur : un entier, jamais une estimation en mots."]], [["The denominator: an integer, never an estimate in words."]])
* insert WhyPart(year, [["L'année du dénombrement : un dénominateur vieilli fausse le taux."]], [["The year of the count: an aged denominator spoils the rate."]])
* insert WhyPart(source, [["D'où vient le nombre : deux sources se contredisent souvent."]], [["Where the number comes from: two sources often contradict each other."]])
