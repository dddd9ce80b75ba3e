package ml.keneya.validation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.ServedTypes;
import org.springframework.stereotype.Component;

@Component
class ValidationContribution implements FhirContribution {

    private final ValidatesRecords validatesRecords;
    private final TellsFindings tellsFindings;
    private final ServedTypes served;
    private final Judge judge;
    private final DaoRegistry records;

    ValidationContribution(
            ValidatesRecords validatesRecords,
            TellsFindings tellsFindings,
            ServedTypes served,
            Judge judge,
            DaoRegistry records) {
        this.validatesRecords = validatesRecords;
        this.tellsFindings = tellsFindings;
        this.served = served;
        this.judge = judge;
        this.records = records;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(validatesRecords);
        server.registerInterceptor(tellsFindings);
        served.names().stream()
                .map(name -> server.getFhirContext().getResourceDefinition(name).getImplementingClass())
                .forEach(type -> server.registerProvider(new ValidatesOnRequest(type, judge, records)));
    }
}
