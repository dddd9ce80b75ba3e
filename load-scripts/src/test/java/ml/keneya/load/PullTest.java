package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import ml.keneya.load.test.InMemoryExchange;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullTest {
    private static final int PEOPLE = 45;

    private InMemoryExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = new InMemoryExchange();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void followsEveryPage() {
        putPeople();

        ProgramRun run = ProgramRun.of("pull", "patients", "--base", exchange.base());

        assertThat(run.status()).isZero();
        assertThat(run.results()).contains("Personnes : 45 · doses : 45");
        assertThat(exchange.requests()).hasSize(3);
    }

    @Test
    void staysAtTheAddressItWasGivenWhenLinksBearAnotherName() {
        exchange.knowingItselfAs("http://interieur.invalid:9999/fhir");
        putPeople();

        assertThat(ProgramRun.of("pull", "patients", "--base", exchange.base()).results())
                .contains("Personnes : 45");
    }

    @Test
    void doesNotFollowALinkToSomewhereElse() {
        exchange.knowingItselfAs("http://ailleurs.invalid/autre");
        putPeople();

        ProgramRun run = ProgramRun.of("pull", "patients", "--base", exchange.base());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.remarks()).contains("hors de son adresse FHIR");
    }

    @Test
    void doesNotReadInCircles() throws IOException {
        try (var server = new ScriptedServer()) {
            String page = """
                    {"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"%s/Patient?page=2"}]}""".formatted(server.base());
            server.thenAnswer(200, page).thenAnswer(200, page).thenAnswer(200, page);

            ProgramRun run = ProgramRun.of("pull", "patients", "--base", server.base());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.remarks()).contains("page déjà lue");
        }
    }

    @Test
    void stopsAtTheLimit() {
        putPeople();

        ProgramRun run = ProgramRun.of("pull", "patients", "--base", exchange.base(), "--limit", "7", "--json");

        assertThat(run.results().lines()).hasSize(7);
        assertThat(exchange.requests()).hasSize(1);
    }

    @Test
    void writesOneDoseALineOfCsv() {
        putPeople();

        assertThat(ProgramRun.of("pull", "patients", "--base", exchange.base(), "--csv")
                        .results()
                        .lines())
                .hasSize(PEOPLE + 1)
                .contains("Patient/p3,Awa KEÏTA,female,2026-02-03,Kita,Kita,BCG,1,2026-02-04,true");
    }

    @Test
    void countsAWeekByRegionDiagnosisAndMode() throws IOException {
        putRegion();
        putEncounter("a", "2026-11-09T00:00:00Z", "AMB", "malaria");
        putEncounter("b", "2026-11-15T23:59:00Z", "AMB", "malaria");
        putEncounter("c", "2026-11-10T10:00:00Z", "VR", "malaria");
        putEncounter("d", "2026-11-10T10:00:00Z", "AMB", "measles");

        JsonNode week = pullWeek();

        assertThat(week.path("encounters").asInt()).isEqualTo(4);
        assertThat(week.path("counts"))
                .extracting(JsonNode::toString)
                .containsExactly(line("malaria", "AMB", 2), line("malaria", "VR", 1), line("measles", "AMB", 1));
    }

    @Test
    void leavesOutWhatBeganBeforeTheWeekOrNeverHappened() throws IOException {
        putRegion();
        putEncounter("a", "2026-11-08T23:59:00Z", "AMB", "malaria");
        putEncounter("b", "2026-11-10T10:00:00Z", "AMB", "malaria");
        exchange.stored().ofType("Encounter").get(1).put("status", "cancelled");

        assertThat(pullWeek().path("encounters").asInt()).isZero();
        assertThat(exchange.requests()).anyMatch(request -> request.contains("date=ge2026-11-09&date=lt2026-11-16"));
    }

    @Test
    void writesTheSameCountsAsCsv() {
        putRegion();
        putEncounter("a", "2026-11-09T08:00:00Z", "AMB", "malaria");

        ProgramRun run = ProgramRun.of("pull", "encounters", "--base", exchange.base(), "--week", "2026-S46", "--csv");

        assertThat(run.results().lines()).contains("2026-W46,Kita,malaria,,,AMB,1");
    }

    private JsonNode pullWeek() throws IOException {
        ProgramRun run = ProgramRun.of("pull", "encounters", "--base", exchange.base(), "--week", "2026-W46", "--json");
        return new ObjectMapper().readTree(run.results());
    }

    private static String line(String diagnosis, String mode, int count) {
        return "{\"region\":\"Kita\",\"diagnosis\":\"%s\",\"reason\":\"\",\"caseClassification\":\"\",\"mode\":\"%s\",\"count\":%d}"
                .formatted(diagnosis, mode, count);
    }

    private void putPeople() {
        for (int number = 0; number < PEOPLE; number++) {
            exchange.stored().put("""
                            {"resourceType":"Patient","id":"p%d","name":[{"family":"Keïta","given":["Awa"]}],\
                            "gender":"female","birthDate":"2026-02-03","address":[{"city":"Kita","district":"Kita"}]}""".formatted(number));
            exchange.stored().put("""
                            {"resourceType":"Immunization","id":"i%d","status":"completed","vaccineCode":{"text":"BCG"},\
                            "patient":{"reference":"Patient/p%d"},"occurrenceDateTime":"2026-02-04",\
                            "protocolApplied":[{"doseNumberPositiveInt":1}]}""".formatted(number, number));
        }
    }

    private void putRegion() {
        exchange.stored().put("""
                        {"resourceType":"Location","id":"region-12","name":"Kita","identifier":[{"system":\
                        "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2023","value":"12"}]}""");
        exchange.stored().put("""
                        {"resourceType":"Location","id":"csref-kita","name":"CSRéf de Kita",\
                        "partOf":{"reference":"Location/region-12"}}""");
    }

    private void putEncounter(String id, String start, String mode, String disease) {
        exchange.stored().put("""
                        {"resourceType":"Encounter","id":"%s","status":"finished","class":{"code":"%s"},\
                        "period":{"start":"%s"},"diagnosis":[{"condition":{"reference":"Condition/%s"}}],\
                        "location":[{"location":{"reference":"Location/csref-kita"}}]}""".formatted(id, mode, start, id));
        exchange.stored().put("""
                        {"resourceType":"Condition","id":"%s","encounter":{"reference":"Encounter/%s"},"code":{"coding":[\
                        {"system":"https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease","code":"%s"}]}}""".formatted(id, id, disease));
    }
}
