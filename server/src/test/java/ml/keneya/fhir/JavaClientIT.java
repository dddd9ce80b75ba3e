package ml.keneya.fhir;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.assertj.core.api.Assertions;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** HAPI's own Java client, which most Java software of clinics uses. */
@KeneyaIntegrationTest
class JavaClientIT {

    @Autowired
    Exchange exchange;

    @Test
    void createsReadsUpdatesAndFindsAPatient() {
        String recordNumber = unique("record");
        Patient created = (Patient)
                client().create().resource(aChild(recordNumber)).execute().getResource();

        created.setActive(true);
        client().update().resource(created).execute();

        Patient read = client().read()
                .resource(Patient.class)
                .withId(created.getIdPart())
                .execute();
        assertThat(read.getActive()).isTrue();
        assertThat(read.getMeta().getVersionId()).isEqualTo("2");
        Bundle found = client().search()
                .forResource(Patient.class)
                .where(Patient.IDENTIFIER.exactly().code(recordNumber))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getEntry()).hasSize(1);
    }

    @Test
    void postsATransactionAndPagesThroughWhatItWrote() {
        String family = unique("Diarra");
        BundleEntryComponent[] people = IntStream.range(0, 5)
                .mapToObj(number -> aChild(unique("record")))
                .peek(child -> child.getNameFirstRep().setFamily(family))
                .map(child -> creating(child))
                .toArray(BundleEntryComponent[]::new);
        client().transaction().withBundle(transaction(people)).execute();

        Set<String> seen = new LinkedHashSet<>();
        Bundle page = client().search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matchesExactly().value(family))
                .count(2)
                .returnBundle(Bundle.class)
                .execute();
        while (true) {
            page.getEntry().forEach(entry -> seen.add(entry.getResource().getIdPart()));
            if (page.getLink(Bundle.LINK_NEXT) == null) {
                break;
            }
            page = client().loadPage().next(page).execute();
        }

        assertThat(seen).hasSize(5);
    }

    @Test
    void getsARefusalItCanShow() {
        Patient withoutAnything = new Patient();

        Assertions.assertThatExceptionOfType(UnprocessableEntityException.class)
                .isThrownBy(() -> client().create().resource(withoutAnything).execute())
                .satisfies(refused -> assertThat(((OperationOutcome) refused.getOperationOutcome())
                                .getIssueFirstRep()
                                .getDiagnostics())
                        .contains("ml-pat-1"));
    }

    private IGenericClient client() {
        return exchange.context().newRestfulGenericClient(exchange.base());
    }
}
