package ml.keneya.load.agency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import ml.keneya.load.test.Exchanges;
import ml.keneya.load.test.InMemoryExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionWalkTest {
    private static final String SYSTEM = "https://keneya.ml/fhir/CodeSystem/ml-administrative-division-";
    private static final String AT_SANANKOROBA = "{\"location\":[{\"location\":{\"reference\":\"Location/cscom\"}}]}";

    private InMemoryExchange exchange;
    private RegionWalk walk;

    @BeforeEach
    void start() throws IOException {
        exchange = new InMemoryExchange();
        walk = new RegionWalk(new Records(Exchanges.at(exchange.base())));
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void climbsToTheRegion() {
        place("cscom", "CSCom de Sanankoroba", "", "Location/commune");
        place("commune", "Sanankoroba", identifier("2015", "ML020531"), "Location/cercle");
        place("cercle", "Kati", identifier("2023", "0204"), "Location/region");
        place("region", "Koulikoro", identifier("2023", "02"), "Location/mali");
        place("mali", "Mali", "", "");

        assertThat(regionOf(AT_SANANKOROBA)).contains("Koulikoro");
    }

    @Test
    void knowsRegionsOfBothDivisions() {
        place("cscom", "CSCom", "", "Location/region");
        place("region", "Kayes", identifier("2015", "ML01"), "");

        assertThat(regionOf(AT_SANANKOROBA)).contains("Kayes");
    }

    @Test
    void asksForEachPlaceOnce() {
        climbsToTheRegion();
        regionOf(AT_SANANKOROBA);

        assertThat(exchange.requests()).hasSize(4);
    }

    @Test
    void doesNotClimbInCircles() {
        place("cscom", "CSCom", "", "Location/commune");
        place("commune", "Sanankoroba", "", "Location/cscom");

        assertThat(regionOf(AT_SANANKOROBA)).isEmpty();
    }

    @Test
    void readsTheAddressOfASiteThatIsNotAttached() {
        exchange.stored().put("{\"resourceType\":\"Location\",\"id\":\"cscom\",\"address\":{\"state\":\"Koulikoro\"}}");

        assertThat(regionOf(AT_SANANKOROBA)).contains("Koulikoro");
    }

    @Test
    void countsATelehealthEncounterWhereThePatientIs() {
        place("siribala", "CSCom de Siribala", "", "Location/segou", "Organization/cscom-siribala");
        place("segou", "Ségou", identifier("2023", "04"), "");
        place("cscom", "Plateau", "", "Location/bamako");
        place("bamako", "Bamako", identifier("2023", "00"), "");

        assertThat(regionOf("""
                        {"extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-requesting-site",\
                        "valueReference":{"reference":"Organization/cscom-siribala"}}],\
                        "location":[{"location":{"reference":"Location/cscom"}}]}""")).contains("Ségou");
    }

    @Test
    void fallsBackOnTheProviderOfAnEncounterWithoutPlace() {
        place("siribala", "CSCom de Siribala", "", "Location/segou", "Organization/cscom-siribala");
        place("segou", "Ségou", identifier("2023", "04"), "");

        assertThat(regionOf("{\"serviceProvider\":{\"reference\":\"Organization/cscom-siribala\"}}"))
                .contains("Ségou");
    }

    @Test
    void doesNotInventARegion() {
        assertThat(regionOf("{}")).isEmpty();
        assertThat(regionOf(AT_SANANKOROBA)).isEmpty();
        assertThat(regionOf("{\"location\":[{\"location\":{\"display\":\"Kita\"}}]}"))
                .isEmpty();
    }

    private Optional<String> regionOf(String encounter) {
        try {
            JsonNode read = new ObjectMapper().readTree(encounter);
            return walk.regionOf(read);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private void place(String id, String name, String identifier, String partOf) {
        place(id, name, identifier, partOf, "");
    }

    private void place(String id, String name, String identifier, String partOf, String organization) {
        exchange.stored().put("""
                        {"resourceType":"Location","id":"%s","name":"%s","identifier":[%s],\
                        "partOf":{"reference":"%s"},"managingOrganization":{"reference":"%s"}}""".formatted(id, name, identifier, partOf, organization));
    }

    private static String identifier(String division, String code) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(SYSTEM + division, code);
    }
}
