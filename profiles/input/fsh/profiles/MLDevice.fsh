Profile: MLDevice
Parent: Device
Id: ml-device
Title: "Matériel (Mali)"
Description: "Le matériel de télésanté et de chaîne du froid : où il est, s'il marche."
* insert Published([["Equipment (Mali)"]], [["Telehealth and cold chain equipment: where it is, whether it works."]])
* insert Expected(identifier, [["Le numéro d'inventaire."]], [["The inventory number."]])
* insert Expected(status, [["Un appareil en panne est à remplacer."]], [["A broken device is to be replaced."]])
* insert Expected(serialNumber, [["Le numéro de série, pour la garantie et le rappel."]], [["The serial number, for warranty and recall."]])
* insert Expected(type, [["Téléphone, échographe, réfrigérateur…"]], [["Phone, ultrasound, refrigerator…"]])
* type from $device-type-vs (preferred)
* insert Expected(owner, [["La structure qui en répond."]], [["The facility that answers for it."]])
* insert Expected(location, [["Où il est."]], [["Where it is."]])
