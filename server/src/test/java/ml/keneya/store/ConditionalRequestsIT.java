package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code If-Match}, {@code If-Modified-Since} and what a PUT answers. */
@KeneyaIntegrationTest
class ConditionalRequestsIT {

    private static final String JSON_PATCH = "application/json-patch+json";

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String id = unique("child");

    @Test
    void replacesTheVersionThatTheWriterHasRead() {
        registered();

        put(bornOn("2025-07-01"), "W/\"1\"").hasStatus(200);

        assertThat(currentVersion()).isEqualTo("2");
    }

    @Test
    void refusesAVersionThatIsNoLongerCurrent() {
        registered();
        put(bornOn("2025-07-01"), "W/\"1\"").hasStatus(200);

        put(bornOn("2025-08-01"), "W/\"1\"").isRefused(412, "ML-FHIR-020").says("If-Match dépassé");

        assertThat(currentVersion()).isEqualTo("2");
    }

    @Test
    void refusesToPatchOrDeleteAVersionThatIsNoLongerCurrent() {
        registered();
        put(bornOn("2025-07-01"), "W/\"1\"").hasStatus(200);

        String patch = "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]";
        exchange.send("PATCH", "Patient/" + id, JSON_PATCH, BodyPublishers.ofString(patch), "If-Match", "W/\"1\"")
                .isRefused(412, "ML-FHIR-020");
        exchange.delete("Patient/" + id, "If-Match", "W/\"1\"").isRefused(412, "ML-FHIR-020");

        assertThat(currentVersion()).isEqualTo("2");
    }

    @Test
    void deletesTheVersionThatTheWriterHasRead() {
        registered();

        exchange.delete("Patient/" + id, "If-Match", "W/\"1\"").hasStatus(200);

        exchange.get("Patient/" + id).isRefused(410, "ML-FHIR-005");
    }

    @Test
    void createsNothingForWhoBelievesToReplace() {
        put(bornOn("2025-07-01"), "W/\"1\"").isRefused(412, "ML-FHIR-020");
        put(bornOn("2025-07-01"), "*").isRefused(412, "ML-FHIR-020");

        exchange.get("Patient/" + id).isRefused(404, "ML-FHIR-004");
    }

    @Test
    void bringsNothingBackForWhoBelievesToReplace() {
        registered();
        exchange.delete("Patient/" + id);

        put(bornOn("2025-07-01"), "W/\"2\"").isRefused(412, "ML-FHIR-020");
        put(bornOn("2025-07-01"), "*").isRefused(412, "ML-FHIR-020");
    }

    @Test
    void replacesAnyVersionForAStar() {
        registered();

        put(bornOn("2025-07-01"), "*").hasStatus(200);

        assertThat(currentVersion()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "W/\"x\"", "\"\"", "\"0\"", "\"99999999999999999999\""})
    void takesATagThatIsNotOursForStale(String tag) {
        registered();

        put(bornOn("2025-07-01"), tag).isRefused(412, "ML-FHIR-020");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"1\",\"2\"", "W/1", "\"1", "-1"})
    void refusesATagThatIsNone(String tag) {
        registered();

        put(bornOn("2025-07-01"), tag).isRefused(400, "ML-FHIR-018").says("« If-Match »");
    }

    @Test
    void refusesTwoConditionsAtOnce() {
        String search = "Patient?identifier=" + unique("record");

        exchange.put(search, bornOn("2025-07-01"), "If-Match", "W/\"1\"").isRefused(400, "ML-FHIR-039");
    }

    @Test
    void refusesToWriteAnEarlierVersion() {
        registered();

        exchange.put("Patient/" + id + "/_history/1", bornOn("2025-07-01")).isRefused(405, "ML-FHIR-010");
    }

    @Test
    void letsOneOfEightWinThatReplaceTheSameVersion() throws Exception {
        registered();

        List<Answer> answers = atOnce(day -> put(bornOn("2025-07-0" + day), "W/\"1\""));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(currentVersion()).isEqualTo("2");
    }

    @Test
    void letsOneOfEightBundlesWinThatReplaceTheSameVersion() throws Exception {
        registered();

        List<Answer> answers =
                atOnce(day -> exchange.post(transaction(expecting("W/\"1\"", bornOn("2025-07-0" + day))), facility));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(currentVersion()).isEqualTo("2");
    }

    @Test
    void refusesAStaleVersionInABundleAtOnceAndNamesTheEntry() {
        registered();
        put(bornOn("2025-07-01"), "W/\"1\"").hasStatus(200);
        Instant before = Instant.now();

        exchange.post(transaction(expecting("W/\"1\"", bornOn("2025-08-01"))), facility)
                .isRefused(412, "ML-FHIR-020")
                .namesElement("Bundle.entry[0].request.ifMatch");

        // Five tries with pauses between them would take longer.
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void keepsTheRulesOfTheHeaderInsideABundle() {
        Bundle unknown = transaction(expecting("W/\"1\"", bornOn("2025-07-01")));
        exchange.post(unknown, facility).isRefused(412, "ML-FHIR-020");
        registered();

        exchange.post(transaction(expecting("abc", bornOn("2025-07-01"))), facility)
                .isRefused(400, "ML-FHIR-018");
        exchange.post(transaction(deleting("W/\"7\"")), facility).isRefused(412, "ML-FHIR-020");
        exchange.post(transaction(expecting("*", bornOn("2025-07-01"))), facility)
                .hasStatus(200);
        exchange.post(transaction(expecting("W/\"2\"", bornOn("2025-08-01"))), facility)
                .hasStatus(200);

        assertThat(currentVersion()).isEqualTo("3");
    }

    @Test
    void refusesOnlyTheStaleEntryOfABatch() {
        registered();
        Patient other = bornOn("2025-07-01");
        other.setId(unique("child"));

        Answer answer = exchange.post(batch(expecting("W/\"7\"", bornOn("2025-07-01")), putting(other)), facility)
                .hasStatus(200);

        assertThat(answer.entries())
                .extracting(entry -> entry.getResponse().getStatus())
                .satisfiesExactly(
                        stale -> assertThat(stale).startsWith("412"),
                        created -> assertThat(created).startsWith("201"));
    }

    @Test
    void saysWhereAPutCreatedItsRecord() {
        Answer created = exchange.put("Patient/" + id, bornOn("2025-06-01")).hasStatus(201);

        assertThat(created.response().headers().allValues("Location"))
                .containsExactly(exchange.base() + "/Patient/" + id + "/_history/1");
        assertThat(exchange.put("Patient/" + id, bornOn("2025-07-01"))
                        .hasStatus(200)
                        .header("Location"))
                .isEmpty();
    }

    @Test
    void saysWhereAConditionalPutCreatedItsRecord() {
        Patient child = bornOn("2025-06-01");
        child.setId((String) null);
        String search = "Patient?identifier=" + child.getIdentifierFirstRep().getValue();

        Answer created = exchange.put(search, child).hasStatus(201);

        String location = created.header("Location").orElseThrow();
        assertThat(location).startsWith(exchange.base() + "/Patient/").endsWith("/_history/1");
        exchange.get(location).hasStatus(200);
        assertThat(exchange.put(search, child).hasStatus(200).header("Location"))
                .isEmpty();
    }

    @Test
    void saysWhereAPutBroughtADeletedRecordBack() {
        registered();
        exchange.delete("Patient/" + id);

        Answer back = exchange.put("Patient/" + id, bornOn("2025-07-01")).hasStatus(201);

        assertThat(back.header("Location")).contains(exchange.base() + "/Patient/" + id + "/_history/3");
    }

    @Test
    void refusesADateThatIsNoneInIfModifiedSince() {
        registered();

        exchange.get("Patient/" + id, "If-Modified-Since", "hier")
                .isRefused(400, "ML-FHIR-018")
                .says("« If-Modified-Since »");
        exchange.get("Patient/" + id, "If-Modified-Since", "Sun, 22 Nov 2099 10:00:00 GMT")
                .hasStatus(304);
        exchange.get("Patient/" + id, "If-Modified-Since", "Mon, 01 Jan 2024 10:00:00 GMT")
                .hasStatus(200);
    }

    private void registered() {
        exchange.put("Patient/" + id, bornOn("2025-06-01")).hasStatus(201);
    }

    private Patient bornOn(String day) {
        Patient child = aChild(unique("record"));
        child.setBirthDateElement(new DateType(day));
        child.setId(id);
        return child;
    }

    private Answer put(Patient child, String ifMatch) {
        return exchange.put("Patient/" + id, child, "If-Match", ifMatch);
    }

    private static BundleEntryComponent expecting(String ifMatch, Patient child) {
        BundleEntryComponent entry = putting(child);
        entry.getRequest().setIfMatch(ifMatch);
        return entry;
    }

    private BundleEntryComponent deleting(String ifMatch) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.DELETE).setUrl("Patient/" + id).setIfMatch(ifMatch);
        return entry;
    }

    private String currentVersion() {
        return exchange.get("Patient/" + id)
                .hasStatus(200)
                .as(Patient.class)
                .getMeta()
                .getVersionId();
    }

    private static List<Answer> atOnce(Write write) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> writes = new ArrayList<>();
            for (int day = 1; day <= 8; day++) {
                int number = day;
                writes.add(() -> write.number(number));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : writers.invokeAll(writes)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            writers.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Write {
        Answer number(int number);
    }
}
