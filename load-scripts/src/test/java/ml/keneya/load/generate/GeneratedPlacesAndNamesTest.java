package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.load.generate.Country.Home;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.output.Form;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who people are called after and where they live, against the generator's own tables of groups, names and places. */
class GeneratedPlacesAndNamesTest {
    /** By chance alone one true figure in 15 000 lies farther away. */
    private static final int STANDARD_ERRORS = 4;
    /** Of fewer households than this nothing is said: their number is not normally distributed. */
    private static final double ENOUGH = 8;

    private static final double RATE = 0.2;
    private static final int PEOPLE = 1500;

    private final Country country = Country.shared();

    @Test
    @DisplayName("Each region has its share of households, and each language in it the share of its groups")
    void regionsAndGroupsKeepTheirShares() {
        List<Home> households = country.households.values().stream()
                .map(family -> country.homes.get(family.get(0).id()))
                .toList();
        assertShares(
                sums("communes", "people", "region_2023"),
                households.stream().map(Home::region).toList());

        Map<String, List<Home>> byOrigin = households.stream().collect(Collectors.groupingBy(Home::origin));
        Map<String, Map<String, Double>> stated = new TreeMap<>();
        table("groups")
                .forEach(row -> stated.computeIfAbsent(row.get("region_2023"), region -> new HashMap<>())
                        .merge(row.get("language"), Double.valueOf(row.get("weight")), Double::sum));
        stated.forEach((region, languages) -> assertShares(
                languages, byOrigin.get(region).stream().map(Home::language).toList()));
    }

    /** @param found one value of each household */
    private static void assertShares(Map<String, Double> weights, List<String> found) {
        double all = weights.values().stream().mapToDouble(weight -> weight).sum();
        assertThat(weights.keySet()).containsAll(found);
        weights.forEach((value, weight) -> {
            double expected = found.size() * weight / all;
            if (expected > ENOUGH) {
                double error = Math.sqrt(expected * (1 - weight / all));
                long count = found.stream().filter(value::equals).count();
                assertThat((double) count).as(value).isCloseTo(expected, within(STANDARD_ERRORS * error));
            }
        });
    }

    @Test
    @DisplayName("Everybody bears a family name and a given name of a group that speaks the household's language there")
    void namesAreThoseOfTheGroup() {
        Map<String, Set<String>> groups = new HashMap<>();
        table("groups")
                .forEach(row -> groups.computeIfAbsent(
                                row.get("region_2023") + row.get("language"), key -> new HashSet<>())
                        .add(row.get("group")));
        Map<String, Set<String>> bearers = new HashMap<>();
        table("names")
                .forEach(row -> bearers.computeIfAbsent(
                                row.get("kind") + row.get("sex") + row.get("name"), key -> new HashSet<>())
                        .add(row.get("group")));

        country.people.values().forEach(person -> {
            Home home = country.homes.get(person.id());
            Set<String> own = new HashSet<>(groups.get(home.origin() + home.language()));
            // Daughters of a Tamasheq or Hassaniya father.
            String family = person.family().replaceFirst("^Walet ", "Ag ").replaceFirst("^Mint ", "Ould ");
            assertThat(bearers.getOrDefault("family" + family, Set.of()))
                    .as(person.name())
                    .containsAnyElementsOf(own);
            own.add("all");
            String sex = person.female() ? "female" : "male";
            assertThat(bearers.getOrDefault("given" + sex + person.given(), Set.of()))
                    .as(person.name())
                    .containsAnyElementsOf(own);
        });
    }

    @Test
    @DisplayName("With imperfections that share of the names is spelt otherwise, each in a way that the table lists")
    void spellingsVary(@TempDir Path right, @TempDir Path varied) {
        Map<String, Set<String>> variants = new HashMap<>();
        table("names")
                .forEach(row -> variants.computeIfAbsent(row.get("name"), name -> new HashSet<>())
                        .addAll(List.of(row.get("variants").split(";"))));
        Map<String, String> chief = familyNames(right, 0);
        Map<String, String> written = familyNames(varied, RATE);
        long possible = 0;
        long otherwise = 0;

        for (Map.Entry<String, String> each : chief.entrySet()) {
            Set<String> others = variants.getOrDefault(each.getValue(), Set.of(""));
            String spelt = written.get(each.getKey());
            if (!others.contains("")) {
                possible++;
                otherwise += spelt.equals(each.getValue()) ? 0 : 1;
                others.add(each.getValue());
                assertThat(others).contains(spelt);
            }
        }
        assertThat(possible).isGreaterThan(PEOPLE / 2);
        Measure share = Measure.share(otherwise, possible);
        assertThat(share.value())
                .isCloseTo(100 * RATE, within(STANDARD_ERRORS * share.error().applyAsDouble(100 * RATE)));
    }

    /** By record number, as first written. */
    private static Map<String, String> familyNames(Path folder, double imperfections) {
        return GeneratedData.of(folder, GeneratedData.scenario(0, imperfections), PEOPLE, Form.RECORDS)
                .records("Patient")
                .collect(Collectors.toMap(
                        GeneratedPlacesAndNamesTest::number,
                        patient -> patient.path("name").path(0).path("family").asText()));
    }

    private static String number(JsonNode patient) {
        return patient.path("identifier").path(0).path("value").asText();
    }

    @Test
    @DisplayName(
            "Everybody lives in a place of the commune that the address names, nearest to the CSCom with the records")
    void placesAreReal() {
        Map<String, String> regions = new HashMap<>();
        table("communes").forEach(row -> regions.put(row.get("commune"), row.get("region_2023")));
        Map<String, double[]> places = new HashMap<>();
        table("localities")
                .forEach(row -> places.put(row.get("commune") + row.get("name"), new double[] {
                    Double.parseDouble(row.get("longitude")), Double.parseDouble(row.get("latitude"))
                }));

        country.sites.forEach((code, site) -> assertThat(places.get(site.commune() + site.place()))
                .as(code)
                .containsExactly(site.longitude(), site.latitude()));
        assertThat(country.sites).isNotEmpty();
        Set.copyOf(country.homes.values()).forEach(home -> {
            assertThat(regions).containsEntry(home.commune(), home.region());
            double[] place = places.get(home.commune() + home.place());
            assertThat(place).as(home.toString()).isNotNull();
            Country.Site site = country.sites.get(home.site());
            assertThat(site.commune()).isEqualTo(home.commune());
            double nearest = country.sites.entrySet().stream()
                    .filter(other -> other.getKey().startsWith("cscom-")
                            && other.getValue().commune().equals(home.commune()))
                    .mapToDouble(other -> distance(place, other.getValue()))
                    .min()
                    .orElseThrow();
            assertThat(distance(place, site)).isEqualTo(nearest);
        });
    }

    private static double distance(double[] place, Country.Site site) {
        return Math.hypot(place[0] - site.longitude(), place[1] - site.latitude());
    }

    private static Map<String, Double> sums(String table, String weight, String key) {
        return table(table).stream()
                .collect(Collectors.groupingBy(
                        row -> row.get(key), Collectors.summingDouble(row -> Double.parseDouble(row.get(weight)))));
    }

    private static List<CSVRecord> table(String name) {
        try (Reader reader = new InputStreamReader(
                        Mali.class.getResourceAsStream("/ml/keneya/load/generate/" + name + ".csv"),
                        StandardCharsets.UTF_8);
                var rows = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .build()
                        .parse(reader)) {
            return rows.getRecords();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
