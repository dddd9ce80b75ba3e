package ml.keneya.validation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.RestfulServer;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.ServedTypes;
import org.springframework.stereotype.Component;

@Component
class ValidationContribution implements FhirContribution {

    private final ValidatesRecords validatesRecords;
    private final ServedTypes served;
    private final Judge judge;
    private final DaoRegistry records;

    ValidationContribution(ValidatesRecords validatesRecords, ServedTypes served, Judge judge, DaoRegistry records) {
        this.validatesRecords = validatesRecords;
        this.served = served;
        this.judge = judge;
        this.records = records;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(validatesRecords);
        served.names().stream()
                .map(name -> server.getFhirContext().getResourceDefinition(name).getImplementingClass())
                .forEach(type -> server.registerProvider(new ValidatesOnRequest(type, judge, records)));
    }
}
