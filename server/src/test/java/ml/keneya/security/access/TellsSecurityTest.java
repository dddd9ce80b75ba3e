package ml.keneya.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ml.keneya.security.Sandbox;
import ml.keneya.security.limits.PagesFromElsewhere;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TellsSecurityTest {

    @ParameterizedTest
    @CsvSource({"'', false", "https://tableau.sante.ml, true"})
    void saysWhetherPagesFromElsewhereMayRead(String origins, boolean told) {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withBean(Sandbox.class)
                .withBean(PagesFromElsewhere.class)
                .withBean(TellsSecurity.class)
                .withPropertyValues("keneya.cors.origins=" + origins)
                .run(context -> assertThat(statement(context.getBean(TellsSecurity.class))
                                .getRestFirstRep()
                                .getSecurity()
                                .getCors())
                        .isEqualTo(told));
    }

    private static CapabilityStatement statement(TellsSecurity tells) {
        SystemRequestDetails request = new SystemRequestDetails();
        request.setRestOperationType(RestOperationTypeEnum.METADATA);
        request.setFhirServerBase("https://exchange.example.ml/fhir");
        CapabilityStatement statement = new CapabilityStatement();
        ResponseDetails response = new ResponseDetails();
        response.setResponseResource(statement);
        tells.tell(request, response);
        return statement;
    }

    @ConfigurationPropertiesScan("ml.keneya.security")
    private static final class Settings {}
}
