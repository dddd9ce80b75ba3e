package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The abuse cases I of docs/intake.md that no other test holds, by their number. Whatever comes: a refusal that names
 * what is wrong, nothing of our insides, nothing stored.
 */
@KeneyaIntegrationTest
class AbusedIntakeIT {

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");

    @Test
    @DisplayName("I4: questions within questions without end are refused")
    void refusesQuestionsWithinQuestionsWithoutEnd() {
        Questionnaire questionnaire = new Questionnaire();
        QuestionnaireItemComponent item = questionnaire.addItem();
        for (int depth = 0; depth < 150; depth++) {
            item = item.setLinkId("q" + depth).addItem();
        }

        exchange.create(questionnaire).isRefused(400, "ML-FHIR-030");
    }

    @Test
    @DisplayName("I5: a million names are too much")
    void takesAMillionNamesForTooMuch() {
        String names = "{\"resourceType\":\"Patient\",\"name\":["
                + IntStream.range(0, 1_000_000)
                        .mapToObj(number -> "{\"text\":\"a\"}")
                        .collect(Collectors.joining(","))
                + "]}";

        exchange.post("Patient", names).isRefused(413, "ML-FHIR-008");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0000-00-00", "99999-01-01", "2026-13-01", "2025-02-29", "26-01-01", "2026-01-01T25:00:00Z"})
    @DisplayName("I7: days that do not exist are refused")
    void refusesDaysThatDoNotExist(String day) {
        String child = exchange.json(aChild(recordNumber))
                .replaceFirst("\"birthDate\":\"[^\"]*\"", "\"birthDate\":\"" + day + "\"");

        Answer answer = exchange.post("Patient", child);

        assertHarmless(answer);
        assertThat(children()).isZero();
    }

    /**
     * The seconds of a leap and offsets from the other side of the world are real; they are kept or refused, never a
     * fault.
     */
    @ParameterizedTest
    @ValueSource(strings = {"2016-12-31T23:59:60Z", "2026-01-01T00:00:00-12:00", "2026-01-01T00:00:00+14:00"})
    @DisplayName("I7: odd instants are kept or refused, never a fault")
    void staysUprightUnderOddInstants(String instant) {
        String weight = exchange.json(transaction(creating(aChild(recordNumber))))
                .replace(
                        "\"gender\"",
                        "\"extension\":[{\"url\":\"https://example.org/at\",\"valueDateTime\":\"" + instant
                                + "\"}],\"gender\"");

        assertThat(exchange.post("", weight, "Keneya-Facility", facility).status())
                .isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Patient xmlns=\"http://hl7.org/fhir\"><name><text value=\"&x;\"/></name></Patient>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p.dtd\"> %p;]><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><Patient xmlns=\"http://hl7.org/fhir\"><name><text value=\"&b;\"/></name></Patient>",
                "<!DOCTYPE Patient PUBLIC \"x\" \"http://127.0.0.1:9/x.dtd\"><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<Patient xmlns=\"http://hl7.org/fhir\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\" parse=\"text\"/></Patient>"
            })
    @DisplayName("I8: XML that fetches or grows is refused")
    void refusesXmlThatFetchesOrGrows(String xml) {
        Answer answer = exchange.send(
                "POST", "Patient", "application/fhir+xml", BodyPublishers.ofString(xml), "Accept", Exchange.FHIR_JSON);

        assertHarmless(answer);
        assertThat(answer.body()).doesNotContain("root:");
    }

    @Test
    @DisplayName("I10: more questions in a batch than allowed are refused")
    void refusesMoreQuestionsInABatchThanAllowed() {
        Bundle batch = Records.batch();
        IntStream.range(0, 10_000).forEach(number -> batch.addEntry(Records.reading("Patient?_id=" + number)));

        assertHarmless(exchange.post(batch, facility));
    }

    @Test
    @DisplayName("I11: the same record twice in one transaction is refused")
    void refusesTheSameRecordTwiceInOneTransaction() {
        Patient child = aChild(recordNumber);
        child.setId("Patient/" + unique("p"));
        Bundle bundle = transaction(Records.putting(child), deleting(child.getId()));

        exchange.post(bundle, facility).isRefused(422, "ML-INTAKE-019").namesElement("Bundle.entry[1].request");
        assertThat(children()).isZero();
    }

    /** Two records that point to each other, and one that points to itself, are odd but possible. */
    @Test
    @DisplayName("I11: two records that point to each other are stored once")
    void storesACircleOnceOrNotAtAll() {
        String one = aPlaceholder();
        String other = aPlaceholder();
        Patient mother = aChild(recordNumber);
        mother.addLink().setType(Patient.LinkType.SEEALSO).getOther().setReference(other);
        Patient twin = aChild(unique("record"));
        twin.addLink().setType(Patient.LinkType.SEEALSO).getOther().setReference(one);

        Answer answer = exchange.post(transaction(creating(one, mother), creating(other, twin)), facility);

        answer.hasStatus(200);
        assertThat(children()).isEqualTo(1);
    }

    @Test
    @DisplayName("I11: a condition that names its own placeholder is refused")
    void refusesAConditionThatNamesItsOwnPlaceholder() {
        String placeholder = aPlaceholder();
        BundleEntryComponent child = creating(placeholder, aChild(recordNumber));
        child.getRequest().setIfNoneExist("link=" + placeholder);

        assertHarmless(exchange.post(transaction(child), facility));
        assertThat(children()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /fhir/Patient/%00 HTTP/1.1\r\n",
                "GET /fhir/Patient/..%2f..%2factuator HTTP/1.1\r\n",
                "GET /fhir/Patient/%2e%2e/metadata HTTP/1.1\r\n",
                "GET /fhir//Patient HTTP/1.1\r\n",
                "GET /fhir/Patient;jsessionid=1 HTTP/1.1\r\n",
                "GET /fhir/Patient?name=%ff HTTP/1.1\r\n",
                "GET /fhir/Patient?name=%zz HTTP/1.1\r\n",
                "GET /fhir/Patient HTTP/1.1\r\nX-Odd: a\u0000b\r\n",
                "GET /fhir/Patient HTTP/1.1\r\nX HTTP: 1\r\n",
                "BREW /fhir/Patient HTTP/1.1\r\n"
            })
    @DisplayName("I12: to a request that is none the exchange shows nothing of itself")
    void showsNothingOfItselfToARequestThatIsNone(String head) {
        String answer = exchange.raw(head, "");

        assertThat(answer).matches("(?s)HTTP/1.1 [234]\\d\\d .*");
        assertThat(answer).doesNotContain("Apache Tomcat", "java.", "Exception", "\tat ");
    }

    @Test
    @DisplayName("I12: headers without measure are refused")
    void refusesHeadersWithoutMeasure() {
        assertThat(exchange.raw("GET /fhir/metadata HTTP/1.1\r\nX-Long: " + "a".repeat(1_000_000) + "\r\n", ""))
                .matches("(?s)(HTTP/1.1 4\\d\\d .*)?");
    }

    @Test
    @DisplayName("I12: parameters without measure are refused")
    void refusesParametersWithoutMeasure() {
        String parameters = IntStream.range(0, 5_000)
                .mapToObj(number -> "p" + number + "=1")
                .collect(Collectors.joining("&"));

        assertHarmless(exchange.send(
                "POST", "Patient/_search", "application/x-www-form-urlencoded", BodyPublishers.ofString(parameters)));
    }

    @Test
    @DisplayName("I12: a line break in a condition is content, and no header")
    void takesALineBreakInAConditionForContent() {
        String child = exchange.json(aChild(recordNumber));

        String answer = exchange.raw(
                "POST /fhir/Patient HTTP/1.1\r\nContent-Type: application/fhir+json\r\nContent-Length: "
                        + child.getBytes(StandardCharsets.UTF_8).length
                        + "\r\nIf-None-Exist: identifier=x%0d%0aSet-Cookie:%20a=b\r\n",
                child);

        assertThat(answer).matches("(?s)HTTP/1.1 [24]\\d\\d .*").doesNotContainPattern("(?m)^Set-Cookie");
    }

    private static void assertHarmless(Answer answer) {
        assertThat(answer.status()).as("status of %s", answer.body()).isBetween(400, 499);
        String code = answer.as(org.hl7.fhir.r4.model.OperationOutcome.class)
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
        answer.isRefused(answer.status(), code);
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }
}
