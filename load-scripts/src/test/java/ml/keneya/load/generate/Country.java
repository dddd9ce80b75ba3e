package ml.keneya.load.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.output.Form;
import ml.keneya.load.generate.output.Generator;
import ml.keneya.load.generate.people.Scenario;

/** What the records of a generated population say, without the records: enough of it to count. */
final class Country {
    static final LocalDate FIRST_DAY = LocalDate.of(2021, 1, 1);
    static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 1);

    private static final int PEOPLE = 10_000;

    final Map<String, Person> people = new HashMap<>();
    final Map<String, List<Person>> households = new TreeMap<>();
    final List<Visit> visits = new ArrayList<>();
    final List<Dose> doses = new ArrayList<>();
    final List<Illness> illnesses = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final Set<String> answered = new HashSet<>();
    final Map<String, Set<String>> covers = new HashMap<>();
    final Map<String, String> mothers = new HashMap<>();
    final Map<String, Home> homes = new HashMap<>();
    final Map<String, Site> sites = new HashMap<>();

    /**
     * @param household number, from the record number; the head's {@code position} is 0
     * @param birth as far as it is known: a day, a month or a year
     * @param death empty for the living
     * @param papers last parts of the identifier systems
     */
    record Person(
            String id,
            String household,
            int position,
            String name,
            String family,
            boolean female,
            String birth,
            String precision,
            String death,
            Set<String> papers,
            String phone,
            String phoneOwner,
            boolean displaced,
            String region) {
        /** A year alone stands for its middle. */
        LocalDate born() {
            return birth.length() == 4
                    ? LocalDate.of(Integer.parseInt(birth), 5, 3)
                    : LocalDate.parse(birth.length() == 7 ? birth + "-15" : birth);
        }

        boolean isBornOnAKnownDay() {
            return birth.length() == 10;
        }

        int birthYear() {
            return Integer.parseInt(birth.substring(0, 4));
        }

        String given() {
            return name.substring(0, name.length() - family.length() - 1);
        }

        boolean isAlive() {
            return death.isEmpty();
        }
    }

    /**
     * Where a person lives.
     *
     * @param commune code of 2015; {@code region} is of 2023
     * @param origin the region of 2023 from which a displaced family came, else where it lives
     * @param language spoken at home, BCP 47
     * @param site the CSCom that keeps the records
     */
    record Home(String commune, String place, String region, String origin, String language, String site) {}

    /** Where a place of care stands. */
    record Site(String commune, String place, double longitude, double latitude) {}

    record Visit(String id, String patient, String type, String kind, LocalDate day, boolean leftDead) {}

    record Dose(
            String code, String patient, String visit, LocalDate day, boolean given, boolean copied, String strategy) {}

    /** @param codes ICD-10, then the notifiable disease if it is one */
    record Illness(String patient, List<String> codes, LocalDate day) {}

    record Request(String id, boolean completed, LocalDate day) {}

    /** The one population that all statistical tests look at. */
    static Country shared() {
        return Shared.COUNTRY;
    }

    private static final class Shared {
        private static final Country COUNTRY = of(Mali.of(Set.of()), PEOPLE);
    }

    static Country of(Mali mali, int people) {
        try {
            Path folder = Files.createTempDirectory("country");
            try {
                var scenario = new Scenario(11, FIRST_DAY, LAST_DAY, Set.of(), 0, List.of(), 0, false);
                new Generator(mali, scenario, 2).write(people, Form.RECORDS, folder, done -> {});
                return new Country(folder.resolve("records"));
            } finally {
                delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Country(Path records) throws IOException {
        each(records, "Patient", this::addPerson);
        each(records, "Location", this::addSite);
        each(records, "Encounter", this::addVisit);
        each(records, "Immunization", this::addDose);
        each(records, "Condition", this::addIllness);
        each(
                records,
                "ServiceRequest",
                request -> requests.add(new Request(
                        id(request),
                        request.path("status").asText().equals("completed"),
                        day(request.path("authoredOn")))));
        each(
                records,
                "Communication",
                reply -> answered.add(reference(reply.path("basedOn").path(0))));
        each(
                records,
                "Coverage",
                cover -> covers.computeIfAbsent(
                                people.get(reference(cover.path("beneficiary"))).household(), key -> new HashSet<>())
                        .add(code(cover.path("type"), 0)));
        each(records, "RelatedPerson", related -> {
            if (code(related.path("relationship").path(0), 0).equals("MTH")) {
                mothers.put(reference(related.path("patient")), name(related));
            }
        });
    }

    private static void each(Path records, String type, Consumer<JsonNode> taken) throws IOException {
        Path file = records.resolve(type + ".ndjson");
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.map(GeneratedData::read).forEach(taken);
            }
        }
    }

    private void addPerson(JsonNode patient) {
        String number = patient.path("identifier").path(0).path("value").asText();
        String[] parts = number.split("-");
        Set<String> papers = new HashSet<>();
        patient.path("identifier")
                .forEach(each -> papers.add(last(each.path("system").asText())));
        JsonNode phone = patient.path("telecom").path(0);
        var person = new Person(
                id(patient),
                parts[1],
                Integer.parseInt(parts[2]) - 1,
                name(patient),
                patient.path("name").path(0).path("family").asText(),
                patient.path("gender").asText().equals("female"),
                patient.path("birthDate").asText(),
                patient.path("_birthDate")
                        .path("extension")
                        .path(0)
                        .path("valueCode")
                        .asText(),
                patient.path("deceasedDateTime").asText(),
                papers,
                phone.path("value").asText(),
                extension(phone, "phone-owner"),
                extension(patient, "residence-status").equals("internally-displaced"),
                division(patient.path("address").path(0), "region", 2015));
        people.put(person.id(), person);
        homes.put(person.id(), home(patient));
        households.computeIfAbsent(person.household(), key -> new ArrayList<>()).add(person);
    }

    private static String division(JsonNode address, String level, int since) {
        for (JsonNode extension : address.path("extension")) {
            JsonNode coding = extension.path("valueCoding");
            if (extension.path("url").asText().endsWith("ml-ext-" + level)
                    && coding.path("system").asText().endsWith(String.valueOf(since))) {
                return coding.path("code").asText();
            }
        }
        throw new AssertionError(address.toString());
    }

    private static Home home(JsonNode patient) {
        JsonNode addresses = patient.path("address");
        return new Home(
                division(addresses.path(0), "commune", 2015),
                addresses.path(0).path("city").asText(),
                division(addresses.path(0), "region", 2023),
                division(addresses.path(addresses.size() - 1), "region", 2023),
                code(patient.path("communication").path(0).path("language"), 0),
                reference(patient.path("managingOrganization")));
    }

    private void addSite(JsonNode location) {
        JsonNode position = location.path("position");
        if (!position.isMissingNode()) {
            JsonNode address = location.path("address");
            sites.put(
                    id(location),
                    new Site(
                            division(address, "commune", 2015),
                            address.path("city").asText(),
                            position.path("longitude").asDouble(),
                            position.path("latitude").asDouble()));
        }
    }

    private void addVisit(JsonNode encounter) {
        visits.add(new Visit(
                id(encounter),
                reference(encounter.path("subject")),
                encounter.path("type").path(0).path("text").asText(),
                encounter.path("class").path("code").asText(),
                day(encounter.path("period").path("start")),
                code(encounter.path("hospitalization").path("dischargeDisposition"), 0)
                        .equals("exp")));
    }

    private void addDose(JsonNode immunization) {
        JsonNode protocol = immunization.path("protocolApplied").path(0);
        doses.add(new Dose(
                code(immunization.path("vaccineCode"), 0)
                        + protocol.path("doseNumberPositiveInt").asInt(0),
                reference(immunization.path("patient")),
                reference(immunization.path("encounter")),
                day(immunization.path("occurrenceDateTime")),
                immunization.path("status").asText().equals("completed"),
                !immunization.path("primarySource").asBoolean(),
                extension(immunization, "vaccination-strategy")));
    }

    private void addIllness(JsonNode condition) {
        List<String> codes = new ArrayList<>();
        condition
                .path("code")
                .path("coding")
                .forEach(each -> codes.add(each.path("code").asText()));
        illnesses.add(new Illness(reference(condition.path("subject")), codes, day(condition.path("recordedDate"))));
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asText();
    }

    private static String reference(JsonNode reference) {
        return last(reference.path("reference").asText());
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static LocalDate day(JsonNode moment) {
        return LocalDate.parse(moment.asText().substring(0, "2026-11-01".length()));
    }

    private static String code(JsonNode concept, int coding) {
        return concept.path("coding").path(coding).path("code").asText();
    }

    private static String extension(JsonNode element, String name) {
        for (JsonNode extension : element.path("extension")) {
            if (extension.path("url").asText().endsWith("ml-ext-" + name)) {
                return code(extension.path("valueCodeableConcept"), 0);
            }
        }
        return "";
    }

    private static String name(JsonNode person) {
        JsonNode name = person.path("name").path(0);
        return name.path("given").path(0).asText() + " " + name.path("family").asText();
    }

    List<Visit> visits(Set<String> types) {
        return visits.stream().filter(visit -> types.contains(visit.type())).toList();
    }

    /** The doses of each person by their codes. */
    Map<String, Map<String, Dose>> dosesByPerson() {
        return doses.stream()
                .collect(Collectors.groupingBy(
                        Dose::patient,
                        Collectors.toMap(Dose::code, dose -> dose, (one, other) -> one.given() ? one : other)));
    }

    /** The living who were born between two days, both inclusive, of whom the day is known. */
    List<Person> cohort(LocalDate from, LocalDate to) {
        return people.values().stream()
                .filter(each -> each.isAlive() && each.isBornOnAKnownDay())
                .filter(each -> !each.born().isBefore(from) && !each.born().isAfter(to))
                .toList();
    }
}
