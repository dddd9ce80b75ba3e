package ml.keneya.security.access;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.CountsStatements;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever a site asks, it learns nothing of another's records: random queries that aim at them are answered, letter by
 * letter, as queries of the same form that aim at nothing. A person whom both sites named by her national number is one
 * record for both (decision 14); what each recorded about her is not.
 *
 * <p>{@code -Dkeneya.queries=10000 -Dkeneya.queries.seed=7} asks more, and others.
 */
@KeneyaIntegrationTest
@ResourceLock(CountsStatements.COUNTED)
class NothingOfOthersIT {

    private static final int QUERIES = Integer.getInteger("keneya.queries", 400);
    private static final long SEED = Long.getLong("keneya.queries.seed", 20_261_129);

    /** Kinds of answers that show that the queries were no nonsense: some found something, some were refused. */
    private static final int FEWEST_OF_A_KIND = QUERIES / 40;

    /** Requests that name a record in their address: whoever has its id learns nothing of it by the time they take. */
    private static final Pattern NAMING =
            Pattern.compile("(GET|HEAD|PATCH|DELETE) [A-Z]\\w+/[^/?$]+(/_history(/\\d+)?|/\\$[\\w-]+)?(\\?.*)?( .*)?");

    /** What is asked once and then known for some seconds, or taken in portions, whoever asks. */
    private static final Pattern NOW_AND_THEN =
            Pattern.compile("keneya\\.(client|signing_key)|nextval", Pattern.CASE_INSENSITIVE);

    @Autowired
    Exchange exchange;

    @Test
    @DisplayName("Z1–Z9, Z14: random queries of a site are answered as if another had no records")
    void learnsNothingOfAnothersRecords() {
        TestSystem here = TestSystem.ofSite(exchange, unique("cscom"));
        TestSystem there = TestSystem.ofSite(exchange, unique("cscom"));
        // Whoever says that it treats somebody learns no more of those whom it does not treat.
        String[] us = TwoSites.with(here.withAll(), "Keneya-Purpose", "TREAT");
        String[] them = there.withAll();
        String nina = unique("nina");
        String shared = created(withNumber("https://keneya.ml/id/nina", nina), them);
        assertThat(created(withNumber("https://keneya.ml/id/nina", nina), us)).isEqualTo(shared);
        SomebodysRecords ours = records(us, shared);
        SomebodysRecords theirs = records(them, shared);
        String[] before = theirs.secrets().toArray(String[]::new);
        Map<Integer, Integer> answers = new TreeMap<>();
        int compared = 0;

        for (int query = 0; query < QUERIES; query++) {
            long seed = SEED + query;
            SomebodysRecords nobodys = SomebodysRecords.ofNobody();
            AskedOfTheExchange real = new DrawsQueries(seed, theirs, ours, shared).draw();
            AskedOfTheExchange twin = new DrawsQueries(seed, nobodys, ours, shared).draw();
            if (query % 200 == 199) {
                // A token lives five minutes.
                us = TwoSites.with(here.withAll(), "Keneya-Purpose", "TREAT");
            }

            String[] asking = us;
            List<Answer> answered = new ArrayList<>();
            List<String> work = CountsStatements.during(() -> answered.add(real.by(asking, exchange)));
            List<String> workForNobody = CountsStatements.during(() -> answered.add(twin.by(asking, exchange)));
            Answer found = answered.get(0);
            Answer none = answered.get(1);

            String as = "seed " + seed + ": " + real;
            assertThat(found.status()).as(as).isLessThan(500);
            assertThat(theirs.secrets().filter(secret -> !real.toString().contains(secret)))
                    .as(as + " tells of another's records: " + found.body())
                    .noneMatch(found.body()::contains);
            assertThat(found.status()).as(as + "\n" + found.body()).isEqualTo(none.status());
            assertThat(plain(found.body(), theirs)).as(as).isEqualTo(plain(none.body(), nobodys));
            assertThat(headersOf(found)).as(as).isEqualTo(headersOf(none));
            if (NAMING.matcher(real.toString()).matches()) {
                // What the database is asked takes the time; that it is the same holds on every machine.
                assertThat(lasting(work)).as("work for " + as).isEqualTo(lasting(workForNobody));
                compared++;
            }
            answers.merge(found.status(), 1, Integer::sum);
        }

        assertThat(answers).as("statuses").containsKeys(200, 403, 404);
        assertThat(answers.values().stream().filter(times -> times >= FEWEST_OF_A_KIND))
                .as("kinds of answers %s", answers)
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(compared).as("requests whose work was compared").isGreaterThan(FEWEST_OF_A_KIND);
        // And nothing was changed.
        for (String record : new String[] {
            "Patient/" + before[0], "Observation/" + before[1], "Observation/" + before[2], "Encounter/" + before[3]
        }) {
            assertThat(exchange.get(record, there.withAll()).hasStatus(200).body())
                    .contains("\"versionId\":\"1\"");
        }
    }

    @Test
    @DisplayName("Z1: a number that somebody has costs the work of one that nobody has")
    void asksTheSameForANumberThatSomebodyHas() {
        String[] us = TwoSites.with(TestSystem.ofSite(exchange, unique("cscom")).withAll(), "Keneya-Purpose", "TREAT");
        String known = unique("nina");
        created(
                withNumber("https://keneya.ml/id/nina", known),
                TestSystem.ofSite(exchange, unique("cscom")).withAll());

        assertThat(lasting(workForSummaryOf(known, us)))
                .isNotEmpty()
                .isEqualTo(lasting(workForSummaryOf(unique("nina"), us)));
    }

    private List<String> workForSummaryOf(String nina, String[] by) {
        return CountsStatements.during(
                () -> exchange.get("Patient/$summary?identifier=https://keneya.ml/id/nina%7C" + nina, by)
                        .hasStatus(404));
    }

    private static List<String> lasting(List<String> statements) {
        return statements.stream()
                .filter(statement -> !NOW_AND_THEN.matcher(statement).find())
                .toList();
    }

    private static Set<String> headersOf(Answer answer) {
        Set<String> names = new TreeSet<>(answer.response().headers().map().keySet());
        // Whether the container goes on with a connection depends on how often it was used.
        names.removeAll(Set.of("connection", "keep-alive"));
        return names;
    }

    private SomebodysRecords records(String[] by, String shared) {
        String number = unique("record");
        String nina = unique("nina");
        String words = "secret" + UUID.randomUUID().toString().replace("-", "");
        Patient person = aChild(number);
        person.addIdentifier().setSystem("https://keneya.ml/id/nina").setValue(nina);
        person.getNameFirstRep().setFamily(words);
        String patient = created(person, by);
        Encounter visit = new Encounter();
        visit.addIdentifier().setSystem("https://example.org/visits").setValue(words);
        visit.setStatus(EncounterStatus.FINISHED);
        visit.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory"));
        visit.setSubject(new Reference("Patient/" + patient));
        visit.getPeriod().setStartElement(new DateTimeType("2026-11-10T08:00:00Z"));
        visit.getPeriod().setEndElement(new DateTimeType("2026-11-10T09:00:00Z"));
        String encounter = created(visit, by);
        Observation weight = weightOf("Patient/" + patient, "9.5");
        weight.addIdentifier().setSystem("https://example.org/weights").setValue(words);
        weight.setEncounter(new Reference("Encounter/" + encounter));
        String observation = created(weight, by);
        String aboutShared = created(weightOf("Patient/" + shared, "12.5"), by);
        Binary file = new Binary();
        file.setContentType("text/plain");
        file.setData(words.getBytes(StandardCharsets.UTF_8));
        String binary = created(file, by);
        assertThat(exchange.get("Binary/" + binary, by).body())
                .containsAnyOf(words, Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
        String page = exchange.get("Observation?_count=1", by)
                .hasStatus(200)
                .link("next")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "");
        return new SomebodysRecords(patient, observation, aboutShared, encounter, binary, number, nina, words, page);
    }

    private static Patient withNumber(String system, String number) {
        Patient person = aChild(unique("record"));
        person.addIdentifier().setSystem(system).setValue(number);
        return person;
    }

    private String created(Resource record, String[] by) {
        Answer answer = exchange.create(record, by);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.header("Location").orElseThrow().replaceFirst("^.*/([^/]+)/_history/.*", "$1");
    }

    /** Without what was asked for, and without what is another each time that something is asked. */
    private static String plain(String answer, SomebodysRecords aim) {
        return aim.takenFrom(answer)
                .replaceAll("_for=[A-Za-z0-9_-]{20,}", "_for=S")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "U")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "D");
    }
}
