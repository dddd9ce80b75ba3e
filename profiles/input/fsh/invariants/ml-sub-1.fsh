Invariant: ml-sub-1
Severity: #warning
Description: "Donnez une adresse chiffrée (channel.endpoint en https) : un avis en clair se lit sur le réseau."
Expression: "channel.type != 'rest-hook' or channel.endpoint.empty() or channel.endpoint.startsWith('https://')"
* insert EnglishRule([["Give an encrypted address (channel.endpoint in https): a notice in clear is read on the network."]])
