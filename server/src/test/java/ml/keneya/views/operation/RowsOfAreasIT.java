package ml.keneya.views.operation;

import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Districts and regions count in the rows about the people who live there, without names (decision 0099). */
@KeneyaIntegrationTest
class RowsOfAreasIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPES = "openid user/*.cruds";

    /** Bangassi, in the cercle and region of Kayes. */
    private static final String COMMUNE = "ML010101";

    @Autowired
    Exchange exchange;

    private final String facility = unique("site");

    @ParameterizedTest
    @ValueSource(strings = {"ML01", "ML0101", "ML010101", "ML"})
    void givesThePeopleOfTheAreaAndTheirRecords(String area) throws IOException {
        String person = weighed(COMMUNE);
        String[] officer = of(area);

        assertThat(idsOf(run("patient", "&patient=" + person, officer))).containsExactly(person);
        assertThat(run("observation", "&patient=" + person, officer))
                .singleElement()
                .satisfies(row -> assertThat(row.path("value").asText()).isEqualTo("7.61"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML02", "ML0102", "01", "ML010102"})
    void givesNobodyOfAnotherArea(String area) throws IOException {
        String person = weighed(COMMUNE);
        String[] officer = of(area);

        assertThat(run("patient", "&patient=" + person, officer)).isEmpty();
        assertThat(run("observation", "&patient=" + person, officer)).isEmpty();
        assertThat(idsOf(run("patient", "", officer))).doesNotContain(person);
    }

    @Test
    void whoHasNoAddressIsInNoArea() throws IOException {
        String person = weighed("");

        assertThat(run("patient", "&patient=" + person, of("ML"))).isEmpty();
    }

    @Test
    void showsNoNamesAndOfTheBirthTheMonth() throws IOException {
        String person = weighed(COMMUNE);
        String[] officer = of("ML0101");

        JsonNode row = run("patient", "&patient=" + person, officer).get(0);
        String csv = exchange.get("ViewDefinition/patient/$sql-run?_format=csv&patient=" + person, officer)
                .hasStatus(200)
                .body();

        assertThat(row.path("birth_date").asText()).isEqualTo("1990-03");
        assertThat(row.path("commune_2015").asText()).isEqualTo(COMMUNE);
        assertThat(List.of("family_name", "given_names", "telephone", "nina", "residence_status", "updated_at"))
                .noneMatch(row::has)
                .noneMatch(csv.lines().findFirst().orElseThrow()::contains);
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv).doesNotContain("1990-03-");
    }

    @Test
    void leavesOutWhatIsSensitiveAndAllAboutWhomALabelKeepsBack() throws IOException {
        Patient person = person(COMMUNE);
        Observation load = weightOf("Patient/" + person.getIdPart(), "40");
        load.setId(UUID.randomUUID().toString());
        // A viral load: the code alone makes it sensitive (decision 0076).
        load.getCode().getCodingFirstRep().setCode("20447-9");
        Patient kept = person(COMMUNE);
        kept.getMeta()
                .addSecurity()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                .setCode("R");
        Observation weight = weightOf("Patient/" + kept.getIdElement().getIdPart(), "7.61");
        weight.setId(UUID.randomUUID().toString());
        exchange.post(transaction(putting(person), putting(load), putting(kept), putting(weight)), facility)
                .hasStatus(200);
        String[] officer = of("ML01");

        assertThat(run("observation", "&patient=" + person.getIdElement().getIdPart(), officer))
                .isEmpty();
        String hidden = kept.getIdElement().getIdPart();
        assertThat(run("patient", "&patient=" + hidden, officer)).isEmpty();
        assertThat(run("observation", "&patient=" + hidden, officer)).isEmpty();
    }

    @Test
    void runsNothingWhoseRowsCannotBeChosen() {
        String[] officer = of("ML01");
        String inline = """
                {"resourceType":"Parameters","parameter":[{"name":"%s","resource":{"resourceType":"ViewDefinition",
                 "name":"x","status":"active","resource":"Patient","select":[{"column":[{"name":"n","path":"name.family.first()"}]}]}}]}
                """;
        exchange.post("$viewdefinition-run", inline.formatted("viewResource"), officer)
                .isRefused(403, "ML-FHIR-013");
        exchange.post("$sql-run", inline.formatted("subjectResource"), officer).isRefused(403, "ML-FHIR-013");
        exchange.get("ViewDefinition/patient/$sql-run?group=Group/any", officer).isRefused(403, "ML-FHIR-013");
        for (String path : List.of("ViewDefinition", "ViewDefinition/patient")) {
            exchange.get(path, officer).isRefused(403, "ML-FHIR-104");
        }
        exchange.get("ViewDefinition/$status", officer).isRefused(403, "ML-FHIR-100");
        exchange.post("ViewDefinition/$verify", "", officer).isRefused(403, "ML-FHIR-100");
    }

    @Test
    void rowsAboutNobodyAreNotForAreas() throws IOException {
        assertThat(run("facility", "", of("ML"))).isEmpty();
    }

    @Test
    void sitesStillRunNone() {
        exchange.get(
                        "ViewDefinition/patient/$sql-run",
                        TestSystem.ofSite(exchange, facility).withAll())
                .isRefused(403, "ML-FHIR-100");
    }

    private Patient person(String commune) {
        return aPerson(commune, "female", "1990-03-07", "");
    }

    private String weighed(String commune) {
        Patient person = person(commune);
        String id = person.getIdElement().getIdPart();
        Observation weight = weightOf("Patient/" + id, "7.61");
        weight.setId(UUID.randomUUID().toString());
        exchange.post(transaction(putting(person), putting(weight)), facility).hasStatus(200);
        return id;
    }

    private List<JsonNode> run(String view, String query, String[] officer) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(exchange.get("ViewDefinition/" + view + "/$sql-run?_format=json" + query, officer)
                        .hasStatus(200)
                        .body())
                .forEach(rows::add);
        return rows;
    }

    private static List<String> idsOf(List<JsonNode> rows) {
        return rows.stream().map(row -> row.path("id").asText()).toList();
    }

    private String[] of(String area) {
        TestPerson person = TestPerson.ready(exchange, "area", Map.of("areas", List.of(area)));
        return TestApp.with(exchange, SCOPES).tokenOf(person, SCOPES);
    }
}
