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
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.views.Pseudonyms;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The agency counts in the rows about everybody, under pseudonyms (decision 0116). */
@KeneyaIntegrationTest
class RowsOfAgencyIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    Exchange exchange;

    @Autowired
    Pseudonyms pseudonyms;

    private final String facility = unique("site");
    private final Patient person = aPerson("ML010101", "female", "1990-03-07", "");
    private String[] agency;

    @BeforeEach
    void weigh() {
        agency = TestSystem.withRole(exchange, "agency").withAll();
        exchange.post(transaction(putting(person), putting(weighed(person))), facility)
                .hasStatus(200);
    }

    @Test
    void givesRowsThatJoinByTheirPseudonyms() throws IOException {
        String pseudonym = pseudonym(person);

        JsonNode row = rows("patient", "id", pseudonym);
        JsonNode weight = rows("observation", "patient_id", pseudonym);

        assertThat(row.path("commune_2015").asText()).isEqualTo("ML010101");
        assertThat(row.path("birth_date").asText()).isEqualTo("1990-03");
        assertThat(weight.path("value").asText()).isEqualTo("7.61");
        assertThat(List.of("family_name", "given_names", "telephone", "nina", "updated_at"))
                .noneMatch(row::has);
    }

    @Test
    void tellsNobodysIdOrName() {
        String csv = exchange.get("ViewDefinition/patient/$sql-run?_format=csv", agency)
                .hasStatus(200)
                .body();

        assertThat(csv)
                .contains(pseudonym(person))
                .doesNotContain(
                        person.getIdElement().getIdPart(),
                        person.getNameFirstRep().getFamily());
    }

    @Test
    void leavesOutWhatIsSensitiveAndAllAboutWhomALabelKeepsBack() {
        Patient kept = aPerson("ML010101", "female", "1990-03-07", "");
        kept.getMeta()
                .addSecurity()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
                .setCode("R");
        Observation load = weighed(person);
        // A viral load: the code alone makes it sensitive (decision 0076).
        load.getCode().getCodingFirstRep().setCode("20447-9");
        Observation weight = weighed(kept);
        exchange.post(transaction(putting(kept), putting(weight), putting(load)), facility)
                .hasStatus(200);

        String people = run("patient");
        String observations = run("observation");

        assertThat(people).contains(pseudonym(person)).doesNotContain(pseudonym(kept));
        assertThat(observations)
                .contains(pseudonym(person))
                .doesNotContain(pseudonym(kept), pseudonym(weight), pseudonym(load));
    }

    @Test
    void hasRowsAboutNobody() {
        assertThat(run("location").lines().findFirst().orElseThrow()).contains("code");
        exchange.get("ViewDefinition/facility/$viewdefinition-run?_format=csv", agency)
                .hasStatus(200);
    }

    @Test
    void namesNobodyAndSendsNoViewOfItsOwn() {
        String id = person.getIdElement().getIdPart();
        for (String chosen :
                List.of("patient=" + id, "patient=Patient/" + id, "_since=2026-01-01T00:00:00Z", "group=Group/any")) {
            exchange.get("ViewDefinition/patient/$sql-run?" + chosen, agency).isRefused(403, "ML-FHIR-013");
        }
        String inline = """
                {"resourceType":"Parameters","parameter":[{"name":"viewResource","resource":{"resourceType":"ViewDefinition",
                 "name":"x","status":"active","resource":"Patient","select":[{"column":[{"name":"n","path":"name.family.first()"}]}]}}]}
                """;
        exchange.post("$viewdefinition-run", inline, agency).isRefused(403, "ML-FHIR-013");
        for (String path : List.of("ViewDefinition", "ViewDefinition/patient")) {
            exchange.get(path, agency).isRefused(403, "ML-FHIR-104");
        }
        exchange.get("ViewDefinition/$status", agency).isRefused(403, "ML-FHIR-100");
    }

    private static Observation weighed(Patient somebody) {
        Observation weight = weightOf("Patient/" + somebody.getIdElement().getIdPart(), "7.61");
        weight.setId(UUID.randomUUID().toString());
        return weight;
    }

    private String pseudonym(Resource record) {
        return pseudonyms.keyed().of(record.getIdElement().getIdPart());
    }

    private String run(String view) {
        return exchange.get("ViewDefinition/" + view + "/$sql-run?_format=csv", agency)
                .hasStatus(200)
                .body();
    }

    private JsonNode rows(String view, String column, String value) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        JSON.readTree(exchange.get("ViewDefinition/" + view + "/$sql-run?_format=json", agency)
                        .hasStatus(200)
                        .body())
                .forEach(row -> {
                    if (row.path(column).asText().equals(value)) {
                        found.add(row);
                    }
                });
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
