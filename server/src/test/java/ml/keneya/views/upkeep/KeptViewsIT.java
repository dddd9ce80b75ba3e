package ml.keneya.views.upkeep;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import ml.keneya.store.RecordStored;
import ml.keneya.store.RecordStored.Operation;
import ml.keneya.store.RecordWriter;
import ml.keneya.store.WrittenRecord;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@KeneyaIntegrationTest
class KeptViewsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    ApplicationContext server;

    @Autowired
    DataSource source;

    @Autowired
    PlatformTransactionManager transactions;

    /** What other tests have begun anew is finished first. */
    @BeforeEach
    void allViewsAreServed() {
        server.getBean(BringsViewsUpToDate.class).run();
    }

    private KeptViews views() {
        return new KeptViews(server);
    }

    @Test
    void keepsTheRowsOfABundleWithItsRecords() {
        String child = aPlaceholder();
        String facility = unique("cscom");

        Bundle answer = exchange.post(
                        transaction(
                                creating(child, aChild(unique("record"))),
                                creating(weightOf(child, "7.60")),
                                creating(weightOf(child, "7.85"))),
                        facility)
                .hasStatus(200)
                .bundle();

        String patient = idOf(answer, 0);
        assertThat(views().rows("patient", patient, "sex", "birth_date", "family_name", "given_names"))
                .containsExactly(List.of("female", "2025-06-01", "Traoré", List.of("Awa")));
        assertThat(views().rows("observation", idOf(answer, 1), "patient_id", "loinc", "value", "unit", "observed_on"))
                .containsExactly(List.of(patient, "29463-7", "7.60", "kg", "2026-11-10"));
        assertThat(views().rows("observation", idOf(answer, 2), "value", "owner_facility"))
                .containsExactly(List.of("7.85", facility));
        assertThat(views().record("observation", idOf(answer, 2)).origin())
                .satisfies(origin -> assertThat(origin.patient()).isEqualTo(patient))
                .satisfies(origin -> assertThat(origin.owner()).isEqualTo(facility))
                .satisfies(origin -> assertThat(origin.version()).isEqualTo(1));
    }

    @Test
    void followsUpdatePatchDeletionAndReturn() {
        IIdType id = writer.write(aChild(unique("record")));
        String path = "Patient/" + id.getIdPart();
        assertThat(sexOf(id)).containsExactly(List.of("female"));

        exchange.put(path, male(id)).hasStatus(200);
        assertThat(sexOf(id)).containsExactly(List.of("male"));

        exchange.send(
                        "PATCH",
                        path,
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"unknown\"}]"))
                .hasStatus(200);
        assertThat(sexOf(id)).containsExactly(List.of("unknown"));

        exchange.delete(path).hasStatus(200);
        assertThat(sexOf(id)).isEmpty();

        exchange.put(path, male(id));
        assertThat(sexOf(id)).containsExactly(List.of("male"));
    }

    @Test
    void leavesNothingOfATransactionThatWasUndone() {
        List<String> ids = new ArrayList<>();
        assertThatThrownBy(() -> inTransaction(() -> {
                    ids.add(writer.write(aChild(unique("record"))).getIdPart());
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");

        Patient known = aChild(unique("record"));
        known.setId(unique("patient"));
        exchange.post(transaction(putting(known), creating(weightOf("Patient/" + unique("nobody"), "7.6"))), "x")
                .isRefused(422, "ML-INTAKE-005");

        assertThat(views().rows("patient", ids.get(0), "id")).isEmpty();
        assertThat(views().rows("patient", known.getIdPart(), "id")).isEmpty();
    }

    @Test
    void keepsWhatATransactionLeavesOfARecordThatItWroteSeveralTimes() {
        String kept = unique("patient");
        String gone = unique("patient");

        inTransaction(() -> {
            writer.write(withId(aChild(unique("record")), kept));
            writer.write(male(new IdType("Patient", kept)));
            writer.write(withId(aChild(unique("record")), gone));
        });
        exchange.delete("Patient/" + gone).hasStatus(200);

        assertThat(views().rows("patient", kept, "sex")).containsExactly(List.of("male"));
        assertThat(views().record("patient", kept).origin().version()).isEqualTo(2);
        assertThat(views().rows("patient", gone, "sex")).isEmpty();
    }

    @Test
    void keepsARecordThatDoesNotFitTheViewAndSaysSo() {
        Basic basic = new Basic();
        basic.getCode().addCoding().setSystem("urn:a").setCode("a");
        basic.getCode().addCoding().setSystem("urn:b").setCode("b");
        String id = exchange.create(basic).hasStatus(201).as(Basic.class).getIdPart();
        assertThat(views().rows("fragile", id, "code")).isEmpty();
        assertThat(views().failures("fragile", id)).containsExactly("ML-VIEWS-010");

        basic.setId(id);
        basic.getCode().getCoding().remove(1);
        exchange.put("Basic/" + id, basic).hasStatus(200);
        assertThat(views().rows("fragile", id, "code")).containsExactly(List.of("a"));
        assertThat(views().failures("fragile", id)).isEmpty();
    }

    @Test
    void keepsARecordWhoseTimeIsInAYearThatPostgresqlDoesNotKnow() {
        String child = writer.write(aChild(unique("record"))).getIdPart();
        Observation weight = weightOf("Patient/" + child, "7.6");
        weight.setEffective(new DateTimeType("0001-01-01T00:00:00+01:00"));

        String id = writer.write(weight).getIdPart();

        exchange.get("Observation/" + id).hasStatus(200);
        assertThat(views().failures("observation", id)).hasSize(1);
    }

    @Test
    void writesOneStatementForEachViewHoweverManyRecordsThereAre() {
        List<WrittenRecord> written = IntStream.range(0, 100)
                .mapToObj(number -> {
                    Observation weight = weightOf("Patient/1", "7.6");
                    weight.setId(new IdType("Observation", unique("weight"), "2"));
                    return new WrittenRecord(
                            new RecordStored(
                                    "Observation", weight.getIdElement().getIdPart(), 2, Operation.UPDATE),
                            weight);
                })
                .toList();
        List<String> statements = new ArrayList<>();

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            // The records exist nowhere else, so their rows must not stay either.
            status.setRollbackOnly();
            new KeepsViewsCurrent(
                            CountedStatements.through(source, statements),
                            server.getBean(Catalogue.class),
                            server.getBean(ViewLocks.class),
                            server.getBean(FillsTables.class),
                            new ViewsSettings(true, null))
                    .follow(written);
        });

        // The lock, which tables there are, and the two views over observations.
        assertThat(statements).hasSize(4);
    }

    @Test
    void agreesWithEveryRecordThatIsStored() {
        String child = aPlaceholder();
        exchange.post(transaction(creating(child, aChild(unique("record"))), creating(weightOf(child, "7.6"))), "x")
                .hasStatus(200);

        views().areExact("patient", "observation");
    }

    private List<List<Object>> sexOf(IIdType id) {
        return views().rows("patient", id.getIdPart(), "sex");
    }

    private static Patient male(IIdType id) {
        return withId(aChild("male-" + id.getIdPart()).setGender(AdministrativeGender.MALE), id.getIdPart());
    }

    private static Patient withId(Patient patient, String id) {
        patient.setId("Patient/" + id);
        return patient;
    }

    private static String idOf(Bundle answer, int entry) {
        return new IdType(answer.getEntry().get(entry).getResponse().getLocation()).getIdPart();
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }
}
