package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the Android FHIR SDK does after an answer was lost: it puts a new bundle together of what it still has to send,
 * creations by PUT and changes by JSON Patch with {@code If-Match}. What its first try did must not stand in its way.
 */
@KeneyaIntegrationTest
class RebuiltBundlesIT {

    private static final String BIRTH_DATE = """
            [{"op":"replace","path":"/birthDate","value":"2025-06-02"}]""";

    @Autowired
    Exchange exchange;

    @Autowired
    ForgetsOldDeliveries forgets;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final Patient child = aChild(unique("record"));

    @BeforeEach
    void giveTheChildTheIdOfATablet() {
        child.setId(unique("child"));
    }

    @Test
    void givesAPatchInAnotherBundleTheAnswerOfItsFirstTry() {
        exchange.post(named(transaction(putting(child))), facility).hasStatus(200);
        exchange.post(named(transaction(aPatch())), facility).hasStatus(200);
        String another = unique("record");
        String last = unique("record");

        Answer renamed = exchange.post(named(transaction(creating(aChild(another)), aPatch())), facility);
        Answer unnamed = exchange.post(transaction(aPatch(), creating(aChild(last))), facility);

        assertThat(statusesOf(renamed)).containsExactly("201", "200");
        assertThat(statusesOf(unnamed)).containsExactly("200", "201");
        // Not the answer of a bundle: that of one entry, among something new.
        assertThat(renamed.header("Keneya-Replayed")).isEmpty();
        assertThat(tagOf(renamed, 1)).isEqualTo("W/\"2\"");
        assertThat(tagOf(unnamed, 0)).isEqualTo("W/\"2\"");
        assertThat(stored().getBirthDateElement().getValueAsString()).isEqualTo("2025-06-02");
        assertThat(stored().getMeta().getVersionId()).isEqualTo("2");
        assertThat(childrenUnder(another)).isEqualTo(1);
        assertThat(childrenUnder(last)).isEqualTo(1);
    }

    /** Otherwise the test above would pass on a server that does not look at If-Match. */
    @Test
    void refusesAnotherPatchOfTheVersionThatHasMoved() {
        exchange.post(named(transaction(putting(child))), facility).hasStatus(200);
        exchange.post(named(transaction(aPatch())), facility).hasStatus(200);
        BundleEntryComponent other = patching(BIRTH_DATE.replace("06-02", "06-03"));
        String another = unique("record");

        exchange.post(named(transaction(creating(aChild(another)), other)), facility)
                .hasStatus(412);

        assertThat(stored().getMeta().getVersionId()).isEqualTo("2");
        assertThat(childrenUnder(another)).isZero();
    }

    @Test
    void leavesWhatWasCreatedByPutAsItIs() {
        exchange.post(named(transaction(putting(child))), facility).hasStatus(200);
        String another = unique("record");
        String last = unique("record");

        Answer renamed = exchange.post(named(transaction(creating(aChild(another)), putting(child))), facility);
        Answer unnamed = exchange.post(transaction(putting(child), creating(aChild(last))), facility);

        assertThat(statusesOf(renamed)).containsExactly("201", "200");
        assertThat(statusesOf(unnamed)).containsExactly("200", "201");
        assertThat(tagOf(renamed, 1)).isEqualTo("W/\"1\"");
        assertThat(tagOf(unnamed, 0)).isEqualTo("W/\"1\"");
        assertThat(stored().getMeta().getVersionId()).isEqualTo("1");
        assertThat(childrenUnder(another)).isEqualTo(1);
        assertThat(childrenUnder(last)).isEqualTo(1);
    }

    @Test
    void remembersAPatchForItsTime() {
        exchange.post(named(transaction(putting(child))), facility).hasStatus(200);
        exchange.post(named(transaction(aPatch())), facility).hasStatus(200);

        forgetAfter(29);
        exchange.post(named(transaction(aPatch())), facility).hasStatus(200);

        forgetAfter(91);
        exchange.post(named(transaction(aPatch())), facility).hasStatus(412);
    }

    private void forgetAfter(int days) {
        jdbc.sql("""
                        update keneya.remembered_entry set accepted_at = now() - make_interval(days => :days)
                        where facility = :facility
                        """).param("days", days).param("facility", facility).update();
        forgets.forget();
    }

    private BundleEntryComponent aPatch() {
        return patching(BIRTH_DATE);
    }

    private BundleEntryComponent patching(String patch) {
        Binary body = new Binary().setContentType("application/json-patch+json");
        body.setContent(patch.getBytes(StandardCharsets.UTF_8));
        BundleEntryComponent entry =
                new BundleEntryComponent().setFullUrl(path()).setResource(body);
        entry.getRequest().setMethod(HTTPVerb.PATCH).setUrl(path()).setIfMatch("W/\"1\"");
        return entry;
    }

    private static Bundle named(Bundle bundle) {
        bundle.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(unique("key"));
        return bundle;
    }

    private static Iterable<String> statusesOf(Answer answer) {
        return answer.hasStatus(200).entries().stream()
                .map(entry -> entry.getResponse().getStatus().substring(0, 3))
                .toList();
    }

    private static String tagOf(Answer answer, int entry) {
        return answer.entries().get(entry).getResponse().getEtag();
    }

    private Patient stored() {
        return exchange.get(path()).hasStatus(200).as(Patient.class);
    }

    private String path() {
        return "Patient/" + child.getIdPart();
    }

    private int childrenUnder(String number) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number)
                .entries()
                .size();
    }
}
