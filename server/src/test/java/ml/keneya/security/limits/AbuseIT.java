package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Cases of the list of abuse cases that need nothing but a request. */
@KeneyaIntegrationTest
class AbuseIT {

    @Autowired
    Exchange exchange;

    @AfterEach
    void isStillWell() {
        exchange.readiness().hasStatus(200);
        exchange.health("liveness").hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?_filter=family%20co%20%22a%22",
                "Patient?_content=a",
                "Patient?_text=a",
                "Patient?name:contains=a",
                "Patient?gender:text=a",
                "Observation?code:in=http://example.org/unknown"
            })
    @DisplayName("S4: searches that no index answers are refused")
    void s4_refusesSearchesThatNoIndexAnswers(String search) {
        Answer answer = exchange.get(search);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        answer.isRefused(answer.status(), codeOf(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient?_sort=photo", "Patient?_sort=contact", "Patient?_getpagesoffset=1000000000"})
    @DisplayName("S5: what is not indexed cannot be sorted by, and no page lies a billion records away")
    void s5_refusesOtherOrders(String search) {
        Answer answer = exchange.get(search);

        answer.isRefused(400, codeOf(answer));
    }

    @Test
    @DisplayName("S6: everything of all people is denied to a site")
    void s6_deniesEverythingOfAllPeople() {
        String[] site = TestSystem.ofSite(exchange, unique("cscom")).withAll();

        Answer ofPeople = exchange.get("Patient/$everything", site);
        Answer ofAll = exchange.get("$everything", site);

        assertThat(List.of(ofPeople.status(), ofAll.status())).allMatch(status -> status == 403 || status == 404);
        ofPeople.isRefused(ofPeople.status(), codeOf(ofPeople));
        ofAll.isRefused(ofAll.status(), codeOf(ofAll));
    }

    @Test
    @DisplayName("Z10: the same search by another is a search of its own")
    void z10_answersNobodyFromTheSearchOfAnother() {
        String family = unique("Keita");
        String[] first = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] second = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String here = aChildOf(family, first);
        String there = aChildOf(family, second);
        String search = "Patient?family:exact=" + family;

        assertThat(foundBy(search, first)).containsExactly(here);
        assertThat(foundBy(search, second)).containsExactly(there);
        assertThat(foundBy(search, first)).containsExactly(here);
    }

    private String aChildOf(String family, String... site) {
        Patient child = aChild(unique("record"));
        child.getNameFirstRep().setFamily(family);
        return exchange.create(child, site).hasStatus(201).as(Patient.class).getIdPart();
    }

    private List<String> foundBy(String search, String... caller) {
        return exchange.get(search, caller).hasStatus(200).entries().stream()
                .map(entry -> entry.getResource().getIdPart())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<p onclick=\"alert(1)\">x</p>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<svg onload=\"alert(1)\"></svg>",
                "<iframe src=\"https://example.org\"></iframe>",
                "<img src=\"x\" onerror=\"alert(1)\"/>"
            })
    @DisplayName("I14: a narrative that would do something in a browser is refused")
    void i14_refusesNarrativesThatDoSomething(String inside) {
        String record = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + RECORD_NUMBER
                + "\",\"value\":\"" + unique("record")
                + "\"}],\"name\":[{\"family\":\"Keita\",\"given\":[\"Awa\"]}],\"gender\":\"female\","
                + "\"birthDate\":\"2025-06-01\",\"text\":{\"status\":\"generated\",\"div\":"
                + "\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">" + inside.replace("\"", "\\\"") + "</div>\"}}";

        Answer answer = exchange.post("Patient", record);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
        answer.isRefused(answer.status(), codeOf(answer));
    }

    @Test
    @DisplayName("I14: a page that was kept as a file is handed out as a file, never shown")
    void i14_handsOutFilesAsFiles() {
        Answer kept = exchange.send(
                "POST",
                "Binary",
                "text/html",
                BodyPublishers.ofString("<html><script>alert(1)</script></html>", StandardCharsets.UTF_8));
        kept.hasStatus(201);

        Answer file = exchange.get(kept.header("Location").orElseThrow(), "Accept", "text/html,*/*;q=0.8");

        file.hasStatus(200);
        assertThat(file.header("Content-Disposition"))
                .hasValueSatisfying(said -> assertThat(said.toLowerCase()).startsWith("attachment"));
        assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("sandbox"));
    }

    @Test
    @DisplayName("No page from elsewhere may read answers as long as no origin is listed")
    void tellsNoBrowserToHandAnswersToOtherPages() {
        Answer read = exchange.get("metadata", "Origin", "https://elsewhere.ml");
        Answer asked = exchange.send(
                "OPTIONS",
                "Patient",
                "text/plain",
                BodyPublishers.noBody(),
                "Origin",
                "https://elsewhere.ml",
                "Access-Control-Request-Method",
                "GET");

        assertThat(read.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static String codeOf(Answer refused) {
        return refused.as(OperationOutcome.class)
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }
}
