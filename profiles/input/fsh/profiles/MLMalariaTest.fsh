Profile: MLMalariaTest
Parent: MLObservation
Id: ml-malaria-test
Title: "Test du paludisme (Mali)"
Description: "Test de diagnostic rapide ou microscopie : le paludisme confirmé se compte par ce résultat. S'applique à tout test codé ainsi."
* insert Published([["Malaria test (Mali)"]], [["Rapid test or microscopy: confirmed malaria is counted by this result. Applies to every test coded as such."]])
* insert AppliesWhenIn(code, $malaria-test-vs, [["Le code dit que c'est un test du paludisme."]], [["The code says that it is a malaria test."]])
* obeys ml-mal-1
* code from $malaria-test-vs (extensible)
* insert Why(code, [["Test rapide et microscopie se comptent à part."]], [["Rapid test and microscopy are counted apart."]])
