package ml.keneya.views.upkeep;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.keneya.test.Answer;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.views.definition.ReferenceRunner;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Whatever happens to a record, by one or by several at the same moment, its rows right after the answers are those
 * that HL7's Runner makes of the record as it is then read: corrected, deleted, brought back, and put back to what an
 * older version was.
 */
@KeneyaIntegrationTest
class RowsAfterEachWriteIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = Long.getLong("keneya.seed", 8L);
    private static final int STEPS = 60;
    private static final int ROUNDS = 20;
    private static final int WRITERS = 4;

    /** The views over the two types that are written here. */
    private static final Map<String, List<String>> VIEWS = Map.of(
            "Patient", List.of("patient", "address"),
            "Observation", List.of("observation", "observation_component"));

    @Autowired
    Exchange exchange;

    @Autowired
    ApplicationContext server;

    @Autowired
    FhirContext context;

    @Autowired
    IValidationSupport support;

    private final String facility = unique("cscom");
    private final String child = unique("child");
    private final String weight = unique("weight");
    private ReferenceRunner reference;
    private KeptViews views;

    /** What is done to one record. */
    private enum Deed {
        CORRECT,
        CORRECT_IN_A_BUNDLE,
        PATCH,
        DELETE,
        DELETE_IN_A_BUNDLE,
        PUT_BACK_AN_OLDER_VERSION
    }

    @BeforeEach
    void allViewsAreServed() {
        server.getBean(BringsViewsUpToDate.class).run();
        views = new KeptViews(server);
        reference = new ReferenceRunner(new HapiWorkerContext(context, support));
        write(Deed.CORRECT, "Patient/" + child, new Random(SEED));
        write(Deed.CORRECT, "Observation/" + weight, new Random(SEED));
    }

    @Test
    void areThoseOfTheRecordAfterEveryStep() {
        Random random = new Random(SEED);
        Map<Deed, Integer> done = new EnumMap<>(Deed.class);
        for (int step = 0; step < STEPS; step++) {
            String record = random.nextBoolean() ? "Patient/" + child : "Observation/" + weight;
            Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
            if (write(deed, record, random) < 300) {
                done.merge(deed, 1, Integer::sum);
            }
            areThoseOf(record, "step %d: %s %s, seed %d".formatted(step, deed, record, SEED));
        }
        assertThat(done).as("what was really done").containsOnlyKeys(Deed.values());
    }

    @Test
    void areThoseOfTheRecordWhenSeveralWroteItAtTheSameMoment() throws Exception {
        int succeededTogether = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            String record = round % 2 == 0 ? "Patient/" + child : "Observation/" + weight;
            List<Integer> answers = AtOnce.send(WRITERS, writer -> {
                Random random = new Random(SEED + number * WRITERS + writer);
                return write(Deed.values()[random.nextInt(Deed.values().length)], record, random);
            });
            succeededTogether += answers.stream().filter(status -> status < 300).count() > 1 ? 1 : 0;
            areThoseOf(record, "round %d on %s, seed %d".formatted(round, record, SEED));
        }
        assertThat(succeededTogether)
                .as("rounds in which more than one was carried out")
                .isPositive();
    }

    /** HAPI can rewrite a version in place when it is allowed to, which would be a write that is no new version. */
    @Test
    void areThoseOfTheRecordAfterAnAttemptToRewriteItsHistory() {
        String record = "Patient/" + child;
        Patient other = (Patient) content(record, new Random(SEED + 1));
        other.setId("Patient/" + child + "/_history/1");

        Answer answer = exchange.put(record + "/_history/1", other, "X-Rewrite-History", "true");

        assertThat(answer.status()).isLessThan(500);
        areThoseOf(record, "answer " + answer.status());
    }

    private void areThoseOf(String record, String when) {
        String[] parts = record.split("/");
        Answer answer = exchange.get(record);
        assertThat(answer.status()).as(when).isIn(200, 404, 410);
        for (String view : VIEWS.get(parts[0])) {
            MaintainedView kept = views.active(view);
            List<Map<String, List<String>>> held = views.records(view, parts[1]).stream()
                    .flatMap(rows -> rows.rows().stream())
                    .map(cells -> ReferenceRunner.row(kept.view().columns(), cells))
                    .toList();
            if (answer.status() != 200) {
                assertThat(held).as("%s, view %s", when, view).isEmpty();
                continue;
            }
            Resource current = read(answer, record);
            assertThat(held)
                    .as(
                            "%s, view %s of version %s",
                            when, view, current.getMeta().getVersionId())
                    .isEqualTo(madeAfresh(kept, current));
            assertThat(views.records(view, parts[1]))
                    .extracting(rows -> String.valueOf(rows.origin().version()))
                    .allMatch(current.getMeta().getVersionId()::equals);
        }
    }

    private List<Map<String, List<String>>> madeAfresh(MaintainedView kept, Resource record) {
        try {
            return reference
                    .run(JSON.readTree(kept.view().source()), kept.view().columns(), List.of(record))
                    .get(0);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return the status of the answer; whoever writes what another one writes may be told so */
    private int write(Deed deed, String record, Random random) {
        int status = switch (deed) {
            case CORRECT ->
                exchange.put(record, content(record, random), "Keneya-Facility", facility)
                        .status();
            case CORRECT_IN_A_BUNDLE -> bundle(putting(content(record, random)));
            case PATCH -> patch(record, random);
            case DELETE -> exchange.delete(record).status();
            case DELETE_IN_A_BUNDLE -> bundle(deleting(record));
            case PUT_BACK_AN_OLDER_VERSION -> putBack(record, random);
        };
        assertThat(status).as("%s %s", deed, record).isIn(200, 201, 204, 404, 409, 410, 412, 422);
        return status;
    }

    /** Unlike any other, so that the exchange does not take it for one that it has had. */
    private int bundle(BundleEntryComponent entry) {
        return exchange.post(
                        transaction(entry)
                                .setIdentifier(new Identifier()
                                        .setSystem("https://keneya.ml/id/site/" + facility + "/bundle")
                                        .setValue(unique("bundle"))),
                        facility)
                .status();
    }

    private int patch(String record, Random random) {
        String change = record.startsWith("Patient")
                ? "{\"op\":\"add\",\"path\":\"/birthDate\",\"value\":\"20%02d-0%d\"}"
                        .formatted(random.nextInt(25), 1 + random.nextInt(9))
                : "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"%s\"}"
                        .formatted(random.nextBoolean() ? "amended" : "entered-in-error");
        return exchange.send(
                        "PATCH", record, "application/json-patch+json", BodyPublishers.ofString("[" + change + "]"))
                .status();
    }

    /** As who restores a record does: reads the version and sends it again. */
    private int putBack(String record, Random random) {
        List<Resource> versions = exchange.get(record + "/_history?_count=100").entries().stream()
                .filter(BundleEntryComponent::hasResource)
                .map(BundleEntryComponent::getResource)
                .toList();
        if (versions.isEmpty()) {
            return 404;
        }
        Resource older = versions.get(random.nextInt(versions.size()));
        Answer read = exchange.get(record + "/_history/" + older.getMeta().getVersionId());
        return read.status() == 200 ? exchange.put(record, read(read, record)).status() : read.status();
    }

    private static Resource read(Answer answer, String record) {
        return record.startsWith("Patient") ? answer.as(Patient.class) : answer.as(Observation.class);
    }

    private Resource content(String record, Random random) {
        Resource content = record.startsWith("Patient") ? person(random) : measured(random);
        content.setId(record);
        return content;
    }

    /** With no, one or several addresses, which are so many rows. */
    private Patient person(Random random) {
        Patient person = aChild("record-" + child);
        person.setGender(random.nextBoolean() ? AdministrativeGender.FEMALE : AdministrativeGender.MALE);
        person.getNameFirstRep().setFamily("Coulibaly " + random.nextInt(1000));
        IntStream.range(0, random.nextInt(4))
                .forEach(each -> person.addAddress(new Address().setCity("Kita " + random.nextInt(1000))));
        return person;
    }

    private Observation measured(Random random) {
        Observation measured = weightOf("Patient/x", "%d.%d".formatted(2 + random.nextInt(20), random.nextInt(10)));
        measured.getSubject().setReference(null).setDisplay("Sans dossier");
        List<String> parts = new ArrayList<>(List.of("8480-6", "8462-4"));
        IntStream.range(0, random.nextInt(3))
                .forEach(each -> measured.addComponent()
                        .setCode(new CodeableConcept(new Coding("http://loinc.org", parts.get(each), null)))
                        .setValue(new Quantity(60 + random.nextInt(80))
                                .setUnit("mmHg")
                                .setSystem("http://unitsofmeasure.org")
                                .setCode("mm[Hg]")));
        return measured;
    }
}
