package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.OutbreakDisease;
import ml.keneya.load.generate.outbreak.Curve;
import ml.keneya.load.generate.outbreak.OutbreakOrder;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.output.Generator;
import ml.keneya.load.generate.people.Scenario;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outbreaks of every disease in every shape, among people who otherwise have nothing that is notified: what one counts
 * in the bundles, without the truth files, is what these say.
 */
class GeneratedOutbreaksTest {
    private static final int CASES = 30;
    private static final EpidemiologicalWeek WEEK = EpidemiologicalWeek.parse("2026-W05");

    @TempDir
    static Path folder;

    private static List<OutbreakOrder> orders;
    private static GeneratedData data;
    /** What was counted, by district and disease. */
    private static Map<String, Counted> counted;

    /** One outbreak as it is found in the bundles. */
    private static final class Counted {
        private int cases;
        private int deaths;
        private final Map<String, Map<String, Integer>> by = new TreeMap<>();

        private void add(String kind, String value) {
            by.computeIfAbsent(kind, key -> new TreeMap<>()).merge(value, 1, Integer::sum);
        }
    }

    @BeforeAll
    static void generate() {
        Mali mali = withoutNotifiableIllness();
        List<String> districts = mali.territory().communes().stream()
                .map(commune -> commune.cercle2015().code())
                .distinct()
                .sorted()
                .toList();
        orders = new ArrayList<>();
        for (String code : OutbreakDisease.codes()) {
            OutbreakDisease disease = OutbreakDisease.named(code).orElseThrow();
            for (Curve shape : Curve.values()) {
                orders.add(
                        new OutbreakOrder(disease, districts.get(orders.size()), WEEK, CASES, shape, disease.weeks()));
            }
        }
        var scenario =
                new Scenario(3, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 11, 1), Set.of(), 0, orders, 0, false);
        var generator = new Generator(mali, scenario, 2);
        Path out = folder.resolve("outbreaks");
        data = new GeneratedData(out, generator.write(generator.fewest(), Form.BUNDLES, out, done -> {}));
        counted = new HashMap<>();
        data.bundles().forEach(GeneratedOutbreaksTest::count);
    }

    private static Mali withoutNotifiableIllness() {
        Mali mali = Mali.of(Set.of());
        return new Mali(
                mali.facts(),
                mali.territory(),
                mali.health(),
                mali.names(),
                mali.ages(),
                mali.mortality(),
                mali.causes().stream()
                        .filter(cause -> cause.notifiable().isEmpty())
                        .toList(),
                mali.schedule());
    }

    private static void count(JsonNode bundle) {
        JsonNode patient = null;
        JsonNode encounter = null;
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            switch (resource.path("resourceType").asText()) {
                case "Patient" -> patient = resource;
                case "Encounter" -> encounter = resource;
                case "Condition" -> count(patient, encounter, resource);
                default -> {}
            }
        }
    }

    private static void count(JsonNode patient, JsonNode encounter, JsonNode condition) {
        String disease =
                condition.path("code").path("coding").path(1).path("code").asText();
        if (disease.isEmpty()) {
            return;
        }
        Counted outbreak = counted.computeIfAbsent(division(patient, "cercle") + " " + disease, key -> new Counted());
        outbreak.cases++;
        outbreak.deaths += encounter
                        .path("hospitalization")
                        .path("dischargeDisposition")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText()
                        .equals("exp")
                ? 1
                : 0;
        outbreak.add("byOnsetWeek", week(condition.path("onsetDateTime")));
        outbreak.add("byWeekSeen", week(encounter.path("period").path("start")));
        outbreak.add("byCommune", division(patient, "commune"));
        outbreak.add(
                "byClassification",
                condition
                        .path("extension")
                        .path(0)
                        .path("valueCodeableConcept")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText());
    }

    private static String week(JsonNode time) {
        return EpidemiologicalWeek.ofTime(time.asText()).orElseThrow().toString();
    }

    /** By its code of 2015. */
    private static String division(JsonNode patient, String level) {
        for (JsonNode extension : patient.path("address").path(0).path("extension")) {
            JsonNode coding = extension.path("valueCoding");
            if (extension.path("url").asText().endsWith("ml-ext-" + level)
                    && coding.path("system").asText().endsWith("2015")) {
                return coding.path("code").asText();
            }
        }
        throw new AssertionError(patient.toString());
    }

    static Stream<Integer> outbreaks() {
        return IntStream.range(0, orders.size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("outbreaks")
    @DisplayName("District, week, commune, classification, deaths and number of cases are those of the truth file")
    void areInTheBundlesAsTheTruthSays(int number) {
        OutbreakOrder order = orders.get(number);
        JsonNode truth = data.documents(
                        "truth/outbreak-" + (number + 1) + "-" + order.disease().code() + ".json")
                .get(0);
        Counted found = counted.get(order.district() + " " + order.disease().code());

        assertThat(truth.path("district").asText()).isEqualTo(order.district());
        assertThat(truth.path("cases").asInt()).isEqualTo(CASES);
        assertThat(found.cases).isEqualTo(CASES);
        assertThat(truth.path("deaths").asInt()).isEqualTo(found.deaths);
        found.by.forEach((kind, counts) -> {
            Map<String, Integer> told = new TreeMap<>();
            truth.path(kind)
                    .properties()
                    .forEach(each -> told.put(each.getKey(), each.getValue().asInt()));
            assertThat(counts).as(kind).isEqualTo(told);
        });
        assertThat(found.by).hasSize(4);
        assertThat(counted).hasSameSizeAs(orders);
    }

    @ParameterizedTest
    @MethodSource("outbreaks")
    @DisplayName("Cases rise at once, in the middle or not at all, as the shape has it, from the week asked for on")
    void haveTheirShape(int number) {
        OutbreakOrder order = orders.get(number);
        Map<String, Integer> found =
                counted.get(order.district() + " " + order.disease().code()).by.get("byOnsetWeek");
        int[] weeks = IntStream.range(0, order.weeks())
                .map(week -> found.getOrDefault(
                        EpidemiologicalWeek.of(WEEK.monday().plusWeeks(week)).toString(), 0))
                .toArray();
        int most = Arrays.stream(weeks).max().orElseThrow();
        int least = Arrays.stream(weeks).min().orElseThrow();
        double middle = IntStream.range(0, weeks.length)
                        .mapToDouble(week -> (week + 0.5) * weeks[week])
                        .sum()
                / CASES
                / weeks.length;

        assertThat(weeks[0]).isPositive();
        assertThat(Arrays.stream(weeks).sum()).isEqualTo(CASES);
        switch (order.shape()) {
            case POINT -> {
                assertThat(middle).isLessThan(0.45);
                assertThat(weeks[weeks.length - 1]).isLessThan(most / 2);
            }
            case PROPAGATED -> {
                assertThat(middle).isBetween(0.45, 0.65);
                assertThat(weeks[0]).isLessThan(most);
                assertThat(weeks[weeks.length - 1]).isLessThan(most);
            }
            case CONTINUOUS -> assertThat(most - least).isLessThanOrEqualTo(2);
        }
    }
}
