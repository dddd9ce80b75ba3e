package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@code $validate} says what a write would say. Every write here states a condition that no server can meet, which is
 * looked at after validation: so what validation lets pass is refused as well, with another code, and nothing of
 * thousands of damaged records is kept.
 */
@KeneyaIntegrationTest
class ValidateAgreesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More find more; these are what every run can afford. */
    private static final int OF_EACH_PROFILE = Integer.getInteger("keneya.agreement.mutants", 20);

    private static final int IN_A_BATCH = 50;

    /**
     * One is refused and the other not, which weighs more than that a batch tells of what it cannot read in other
     * words.
     */
    private static final String VERDICT = " VERDICT: ";

    /** A version of a record that has none, a condition that is none, a person whom nobody knows. */
    private static final Set<String> NOT_OF_VALIDATION = Set.of("ML-FHIR-020", "ML-INTAKE-011", "ML-INTAKE-005");

    private final Map<String, Integer> verdicts = new TreeMap<>();
    private final List<String> disagreements = new ArrayList<>();

    @Autowired
    Exchange exchange;

    /** The record that told the difference between the text that was sent and what HAPI's parser kept of it. */
    @Test
    void judgesAnExtensionWithoutAValueAlikeInEveryForm() throws JsonProcessingException {
        String weight = """
                {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},
                 "code":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason"}],
                  "coding":[{"system":"http://loinc.org","code":"29463-7"}]},"effectiveDateTime":"2026-11-10T09:00:00Z",
                 "valueQuantity":{"value":7,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}""";
        List<String> ofItsOwn = List.of(withAnIdOfItsOwn(weight));

        alone(ofItsOwn);
        inBatches(ofItsOwn);
        inBatches(List.of(ofItsOwn.get(0), ofItsOwn.get(0).replace("\"final\"", "\"amended\"")));

        assertThat(disagreements).isEmpty();
        assertThat(verdicts).containsEntry("batch refused", 3).doesNotContainKey("batch accepted");
    }

    @Test
    void judgesDamagedRecordsOfEveryProfileAlikeInEveryForm() throws JsonProcessingException {
        Random random = new Random(6);
        for (Map.Entry<String, List<String>> profile :
                SampleRecords.examplesByProfile("valid").entrySet()) {
            List<String> mutants = mutants(profile.getValue(), random);
            if (mutants.isEmpty()) {
                assertThat(profile.getKey()).isEqualTo("ml-audit-event");
                continue;
            }
            alone(mutants.subList(0, 4));
            Map<String, Integer> before = Map.copyOf(verdicts);
            inBatches(mutants);
            assertThat(since(before, "batch refused")).as(profile.getKey()).isGreaterThan(mutants.size() / 8);
        }
        List<String> ofSoftware = Faulty.ofSoftware()
                .map(faulty -> withAnIdOfItsOwn(faulty.json()))
                .toList();
        alone(ofSoftware);
        inBatches(ofSoftware);

        assertThat(disagreements)
                .as("in %s", verdicts)
                .filteredOn(each -> each.contains(VERDICT))
                .isEmpty();
        assertThat(verdicts.values()).allSatisfy(times -> assertThat(times).isGreaterThan(30));
    }

    private int since(Map<String, Integer> before, String verdict) {
        return verdicts.getOrDefault(verdict, 0) - before.getOrDefault(verdict, 0);
    }

    private static List<String> mutants(List<String> examples, Random random) {
        return IntStream.range(0, OF_EACH_PROFILE)
                .mapToObj(index -> examples.get(index % examples.size()))
                .map(record -> random.nextInt(4) == 0
                        ? Damage.to(record, random)
                        : Mutant.changed(record, 1 + random.nextInt(2), random))
                .filter(record -> !isJudgedOtherwiseInABatch(read(record)))
                .map(ValidateAgreesIT::withAnIdOfItsOwn)
                .toList();
    }

    /**
     * What docs/validation/validate.md says: HAPI gives the references of a bundle's entries anew, without what extends
     * the address; an id that is no text it passes over there; and the trace is written by the exchange alone.
     */
    private static boolean isJudgedOtherwiseInABatch(JsonNode record) {
        return "AuditEvent".equals(record.path("resourceType").asText())
                || !record.findValues("_reference").isEmpty()
                || record.findValues("id").stream().anyMatch(id -> !id.isTextual());
    }

    /** Many records in one batch against each by itself, as the body and inside of Parameters in turn. */
    private void inBatches(List<String> records) throws JsonProcessingException {
        for (int first = 0; first < records.size(); first += IN_A_BATCH) {
            List<String> some = records.subList(first, Math.min(records.size(), first + IN_A_BATCH));
            List<Set<String>> written = writtenInOneBatch(some);
            for (int index = 0; index < some.size(); index++) {
                String record = some.get(index);
                String body = index % 2 == 0 ? record : parameters(record, "create");
                compare("batch", record, written.get(index), saidBy(exchange.post(type(record) + "/$validate", body)));
            }
        }
    }

    /** Each way in which a record or a bundle can be written against the advice that is asked for in the same way. */
    private void alone(List<String> records) throws JsonProcessingException {
        for (String record : records) {
            String type = type(record);
            String address = type + "/" + read(record).path("id").asText();
            Set<String> created = saidBy(exchange.post(type, record, "If-None-Exist", "x"));
            compare("create", record, created, saidBy(exchange.post(type + "/$validate", record)));
            // A version that is stated is looked at before a single record is; batches hold updates.
            compare(
                    "update",
                    record,
                    created,
                    saidBy(exchange.post(address + "/$validate", parameters(record, "update"))));
            String visit = transaction(record);
            Set<String> delivered = saidBy(exchange.post("", visit, "Keneya-Facility", unique("cscom")));
            compare("transaction", visit, delivered, saidBy(exchange.post("Bundle/$validate", visit)));
            compare(
                    "transaction in Parameters",
                    visit,
                    delivered,
                    saidBy(exchange.post("Bundle/$validate", parameters(visit, "create"))));
        }
    }

    private void compare(String how, String text, Set<String> written, Set<String> advised) {
        verdicts.merge(how + (written.isEmpty() ? " accepted" : " refused"), 1, Integer::sum);
        if (!written.equals(advised)) {
            disagreements.add(how + (written.isEmpty() != advised.isEmpty() ? VERDICT : " words: ") + text
                    + "\n  written: " + String.join("\n    ", written) + "\n  advised: "
                    + String.join("\n    ", advised));
        }
    }

    private List<Set<String>> writtenInOneBatch(List<String> records) throws JsonProcessingException {
        Answer answer = exchange.post("", batch(records), "Keneya-Facility", unique("cscom"));
        if (answer.status() >= 300) {
            // One that cannot be read at all takes the others with it.
            if (records.size() == 1) {
                return List.of(saidBy(answer));
            }
            List<Set<String>> each = new ArrayList<>();
            for (String record : records) {
                each.addAll(writtenInOneBatch(List.of(record)));
            }
            return each;
        }
        return StreamSupport.stream(read(answer.body()).path("entry").spliterator(), false)
                .map(entry -> saidBy(entry.path("response").path("outcome")))
                .toList();
    }

    private static Set<String> saidBy(Answer answer) throws JsonProcessingException {
        return saidBy(read(answer.body()));
    }

    /** Code, words and places of what validation refuses. */
    private static Set<String> saidBy(JsonNode outcome) {
        Set<String> said = new TreeSet<>();
        for (JsonNode issue : outcome.path("issue")) {
            String code =
                    issue.path("details").path("coding").path(0).path("code").asText();
            boolean refuses =
                    Set.of("error", "fatal").contains(issue.path("severity").asText());
            if (refuses && !NOT_OF_VALIDATION.contains(code)) {
                String places = issue.path("expression")
                        .toString()
                        .replaceAll("\"(Bundle\\.entry\\[\\d+]\\.resource|[A-Z]\\w+)", "\"");
                String words = code + " " + issue.path("diagnostics").asText() + " at " + places;
                // HAPI cannot read every narrative; the words of an internal error are of one request.
                said.add(code.equals("ML-FHIR-099") ? code : words);
            }
        }
        return said;
    }

    private static String withAnIdOfItsOwn(String record) {
        return write(((ObjectNode) read(record)).put("id", UUID.randomUUID().toString()));
    }

    private static String parameters(String record, String mode) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":%s},{\"name\":\"mode\",\"valueCode\":\"%s\"}]}"
                .formatted(record, mode);
    }

    private static String batch(List<String> records) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}"
                .formatted(String.join(
                        ",",
                        records.stream()
                                .map(record ->
                                        "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\",\"ifMatch\":\"W/\\\"999\\\"\"}}"
                                                .formatted(
                                                        record,
                                                        type(record),
                                                        read(record).path("id").asText()))
                                .toList()));
    }

    /** With a second record, of somebody whom nobody knows. */
    private static String transaction(String record) {
        String ofNobody = """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/%s"},
                 "effectiveDateTime":"2026-11-10T09:00:00Z","valueString":"x"}""".formatted(UUID.randomUUID());
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":%s,"request":{"method":"POST","url":"%s"}},
                 {"resource":%s,"request":{"method":"POST","url":"Observation"}}]}""".formatted(record, type(record), ofNobody);
    }

    private static String type(String record) {
        return read(record).path("resourceType").asText();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
