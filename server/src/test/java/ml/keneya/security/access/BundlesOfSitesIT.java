package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a site is told that it delivered is there, whole, also where it became visible to the site only by being sent.
 */
@KeneyaIntegrationTest
class BundlesOfSitesIT extends TwoSites {

    @Test
    @DisplayName("A site reads back every record of a transaction that it was told is kept")
    void keepsTheContentOfATransaction() {
        String mother = "urn:uuid:" + UUID.randomUUID();

        List<String> kept = delivered(transaction(
                creating(mother, aChild(unique("record"))),
                conditionally(),
                putting(underItsOwnId()),
                creating(weightOf(mother, "7.5"))));

        kept.forEach(this::isWhole);
    }

    @Test
    @DisplayName("A site reads back every record of a batch that it was told is kept")
    void keepsTheContentOfABatch() {
        List<String> kept = delivered(batch(
                creating(aChild(unique("record"))),
                conditionally(),
                putting(underItsOwnId()),
                creating(weightOf(patientHere, "7.5"))));

        kept.forEach(this::isWhole);
    }

    @Test
    @DisplayName("A site reads back a person that it corrected in a transaction")
    void keepsACorrection() {
        Patient corrected = exchange.get(patientHere, us).as(Patient.class);
        corrected.getNameFirstRep().setFamily("Keïta");

        delivered(transaction(putting(corrected)));

        assertThat(exchange.get(patientHere, us)
                        .as(Patient.class)
                        .getNameFirstRep()
                        .getFamily())
                .isEqualTo("Keïta");
        exchange.get(patientHere + "/_history/2", us).hasStatus(200);
    }

    private static BundleEntryComponent conditionally() {
        String record = unique("record");
        BundleEntryComponent entry = creating(aChild(record));
        entry.getRequest().setIfNoneExist("identifier=" + RECORD_NUMBER + "|" + record);
        return entry;
    }

    private static Patient underItsOwnId() {
        Patient child = aChild(unique("record"));
        child.setId(UUID.randomUUID().toString());
        return child;
    }

    private List<String> delivered(Bundle bundle) {
        List<String> locations = exchange.post("", exchange.json(bundle), us).hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getLocation())
                .toList();
        assertThat(locations).hasSize(bundle.getEntry().size()).doesNotContainNull();
        return locations;
    }

    private void isWhole(String location) {
        exchange.get(location.replaceFirst("/_history/.*", ""), us).hasStatus(200);
        exchange.get(location, us).hasStatus(200);
    }
}
