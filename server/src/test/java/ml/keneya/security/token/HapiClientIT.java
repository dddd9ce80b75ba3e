package ml.keneya.security.token;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** HAPI's own client, as most Java systems use it, with a token that a signed assertion got. */
@KeneyaIntegrationTest
class HapiClientIT {

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("HAPI's client creates, reads, searches and posts a transaction with its token")
    void worksWithItsToken() {
        IGenericClient client = client("system/*.cruds");
        String record = unique("record");

        IIdType id = client.create().resource(aChild(record)).execute().getId();
        Patient read =
                client.read().resource(Patient.class).withId(id.getIdPart()).execute();
        Bundle found = client.search()
                .forResource(Patient.class)
                .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(RECORD_NUMBER, record))
                .returnBundle(Bundle.class)
                .execute();
        Bundle answer = client.transaction()
                .withBundle(transaction(creating(weightOf("Patient/" + id.getIdPart(), "9.5"))))
                .execute();

        assertThat(read.getNameFirstRep().getFamily()).isEqualTo("Traoré");
        assertThat(found.getEntry()).hasSize(1);
        assertThat(answer.getEntryFirstRep().getResponse().getStatus()).startsWith("201");
    }

    @Test
    @DisplayName("A token that may only read writes nothing through HAPI's client either")
    void isRefusedWhatItsTokenDoesNotAllow() {
        IGenericClient client = client("system/*.rs");

        assertThatThrownBy(
                        () -> client.create().resource(aChild(unique("record"))).execute())
                .isInstanceOf(ForbiddenOperationException.class);
    }

    private IGenericClient client(String scopes) {
        IGenericClient client = FhirContext.forR4Cached().newRestfulGenericClient(exchange.base());
        client.registerInterceptor(new BearerTokenAuthInterceptor(
                TestSystem.ofSite(exchange, unique("cscom")).token(scopes)));
        return client;
    }
}
