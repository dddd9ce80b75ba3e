package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code $validate} says what a write would say, of many records with one thing changed at random. */
@KeneyaIntegrationTest
class ValidateAgreesIT {

    private static final int RECORDS = 120;
    private static final int BUNDLES = 60;

    /** Fewer than these on either side, and agreeing would mean little. */
    private static final int ENOUGH = 10;

    /** What cannot be read of a text, before anything is validated. */
    private static final Set<String> OF_READING =
            Set.of("ML-FHIR-001", "ML-FHIR-031", "ML-FHIR-032", "ML-FHIR-033", "ML-FHIR-034", "ML-FHIR-035");

    /** Whether what is referred to is there, or the number is taken, is found out when the record is stored. */
    private static final Set<String> OF_STORAGE = Set.of("ML-INTAKE-005");

    @Autowired
    Exchange exchange;

    private final Random random = new Random(6);
    private final List<String> stored = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void agreesWithTheWritingOfARecord() {
        String patient = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .header("Location")
                .map(address -> address.replaceFirst(".*/(Patient/[^/]+).*", "$1"))
                .orElseThrow();
        compareAll(RECORDS, number -> {
            String record = Mutant.changed(aRecord(number, patient), 1, random);
            String type = typeOf(record);
            compare(record, exchange.post(type + "/$validate", record), exchange.post(type, record));
        });
    }

    @Test
    void agreesWithTheWritingOfABundle() {
        compareAll(BUNDLES, number -> {
            String child = aPlaceholder();
            String bundle = Mutant.changed(
                    exchange.json(
                            transaction(creating(child, aChild(unique("record"))), creating(weightOf(child, "7.4")))),
                    1,
                    random);
            compare(
                    bundle,
                    exchange.post("Bundle/$validate", bundle),
                    exchange.post("", bundle, "Keneya-Facility", unique("cscom")));
        });
    }

    private void compareAll(int times, IntConsumer compare) {
        IntStream.range(0, times).forEach(compare);

        assertThat(stored).hasSizeGreaterThan(ENOUGH);
        assertThat(refused).hasSizeGreaterThan(ENOUGH);
    }

    private String aRecord(int number, String patient) {
        List<IntFunction<String>> kinds = List.of(
                each -> exchange.json(aChild(unique("record"))),
                each -> exchange.json(weightOf(patient, "7.4")),
                each -> exchange.json(anEncounterOf(patient)));
        return kinds.get(number % kinds.size()).apply(number);
    }

    private static Encounter anEncounterOf(String patient) {
        Encounter encounter = new Encounter().setStatus(EncounterStatus.FINISHED);
        encounter
                .getClass_()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .setCode("AMB");
        encounter.getSubject().setReference(patient);
        encounter.getPeriod().getStartElement().setValueAsString("2026-11-10");
        return encounter;
    }

    private void compare(String sent, Answer verdict, Answer written) {
        if (verdict.status() != 200) {
            // What cannot be read at all, or is of another type than its address says, has no verdict.
            assertThat(written.status()).as(sent).isBetween(400, 499);
            return;
        }
        Set<String> errors = errorsOf(verdict);
        Set<String> codes = codesOf(written);
        if (written.status() < 300) {
            assertThat(errors).as(sent).isEmpty();
            stored.add(sent);
        } else if (OF_STORAGE.containsAll(codes)) {
            assertThat(errors).as(sent).isEmpty();
        } else if (codes.stream().anyMatch(OF_READING::contains)) {
            // The validator reads the text of a record that comes alone itself, and says the same in its own words.
            assertThat(errors).as(sent).isNotEmpty();
        } else {
            assertThat(errors).as("%s%n%s", sent, written.body()).isEqualTo(errorsOf(written));
            refused.add(sent);
        }
    }

    private static Set<String> codesOf(Answer written) {
        return written.status() < 300
                ? Set.of()
                : issuesOf(written).stream()
                        .filter(ValidateAgreesIT::isError)
                        .map(issue -> issue.getDetails().getCodingFirstRep().getCode())
                        .collect(Collectors.toSet());
    }

    private static boolean isError(OperationOutcomeIssueComponent issue) {
        return issue.getSeverity() == IssueSeverity.ERROR || issue.getSeverity() == IssueSeverity.FATAL;
    }

    private static Set<String> errorsOf(Answer answer) {
        return issuesOf(answer).stream()
                .filter(ValidateAgreesIT::isError)
                .map(issue -> issue.getDiagnostics() + " " + issue.getExpression())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<OperationOutcomeIssueComponent> issuesOf(Answer answer) {
        return answer.as(OperationOutcome.class).getIssue();
    }

    private static String typeOf(String record) {
        return record.replaceFirst("(?s).*?\"resourceType\"\\s*:\\s*\"(\\w+)\".*", "$1");
    }
}
