Profile: MLContraceptiveMethod
Parent: MLObservation
Id: ml-contraceptive-method
Title: "Méthode contraceptive (Mali)"
Description: "La méthode choisie ou poursuivie. S'applique à toute observation codée ainsi."
* insert Published([["Contraceptive method (Mali)"]], [["The method chosen or continued. Applies to every observation coded as such."]])
* insert AppliesWhen(code, $observation, contraceptive-method, [["Le code dit que c'est une méthode contraceptive."]], [["The code says that this is a contraceptive method."]])
* obeys ml-sen-1
* value[x] only CodeableConcept
* value[x] from $contraceptive-method-vs (extensible)
* insert Why(value[x], [["Les couples-années de protection se calculent par méthode."]], [["Couple-years of protection are computed by method."]])
* insert Expected(meta.security, [["L'étiquette SEX restreint qui lit."]], [["The label SEX restricts who reads."]])
