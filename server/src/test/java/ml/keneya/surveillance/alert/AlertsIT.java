package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Cases.classify;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.flywaydb.core.Flyway;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People without an address: the place of their alerts is the facility, which no other test uses. */
@KeneyaIntegrationTest
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    NotedWork noted;

    @Autowired
    Flyway flyway;

    private final String facility = unique("site");

    @Test
    void raisesAnAlertForOneCaseOfCholera() {
        Condition cholera = send("cholera", "suspected", "2026-11-20");

        Map<String, Object> alert = soleAlert("cholera");

        assertThat(alert).containsEntry("level", "alert").containsEntry("rule", "cholera-susp");
        Flag flag = exchange.get("Flag/" + alert.get("id")).hasStatus(200).as(Flag.class);
        assertThat(flag.getStatus()).isEqualTo(FlagStatus.ACTIVE);
        assertThat(flag.getCode().getCodingFirstRep().getCode()).isEqualTo("cholera");
        assertThat(flag.getSubject().getIdentifier().getValue()).isEqualTo(facility);
        assertThat(flag.getPeriod().getStartElement().getValueAsString()).isEqualTo("2026-11-20");
        Task task = task(alert);
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getFocus().getReference()).isEqualTo("Flag/" + alert.get("id"));
        assertThat(casesIn(task))
                .containsExactly("Condition/" + cholera.getIdElement().getIdPart());
        assertThat(Duration.between(
                        task.getAuthoredOn().toInstant(),
                        task.getRestriction().getPeriod().getEnd().toInstant()))
                .isEqualTo(Duration.ofHours(48));
    }

    @Test
    void raisesOneAlertForAnEventHoweverOftenItIsSentAndHoweverManyCasesFollow() {
        Patient person = aPerson("", "female", "1990", "");
        Bundle bundle = transaction(putting(person), putting(aCase(person, "yellow-fever", "suspected", "2026-11-20")));
        exchange.post(bundle, facility).hasStatus(200);
        exchange.post(bundle, facility).hasStatus(200);
        send("yellow-fever", "suspected", "2026-11-22");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evidence("yellow-fever")).hasSize(2));
        Map<String, Object> alert = soleAlert("yellow-fever");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(casesIn(task(alert))).hasSize(2));
    }

    @Test
    void waitsForFiveCasesOfMeaslesInThirtyDaysAndEscalatesWithThreeConfirmed() {
        List<Condition> cases = List.of(
                send("measles", "suspected", "2026-10-01"),
                send("measles", "suspected", "2026-10-05"),
                send("measles", "suspected", "2026-10-10"),
                send("measles", "suspected", "2026-10-30"));
        send("measles", "discarded", "2026-10-12");
        send("measles", "suspected", "2026-10-31");
        await().atMost(PATIENCE).until(this::nothingWaits);
        assertThat(alerts("measles")).isEmpty();

        send("measles", "suspected", "2026-10-20");

        Map<String, Object> alert = soleAlert("measles");
        assertThat(alert).containsEntry("level", "alert").containsEntry("rule", "measles-alert");
        assertThat(evidence("measles")).hasSize(5);

        cases.subList(0, 3).forEach(each -> {
            classify(each, "confirmed");
            exchange.post(transaction(putting(each)), facility).hasStatus(200);
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(soleAlert("measles"))
                        .containsEntry("level", "epidemic")
                        .containsEntry("rule", "measles-epi"));
        Task escalated = task(alert);
        assertThat(escalated.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(Duration.between(
                        Instant.now(),
                        escalated.getRestriction().getPeriod().getEnd().toInstant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void datesACaseWithoutAnyDateByItsArrival() {
        send("ebola", "", "");

        Map<String, Object> alert = soleAlert("ebola");

        assertThat(alert.get("began_on"))
                .hasToString(LocalDate.now(ZoneOffset.UTC).toString());
    }

    @Test
    void closesWithTheOutcomeOfTheVerificationAndBeginsAnewWithAnotherCase() {
        Condition first = send("marburg", "suspected", "2026-11-20");
        Map<String, Object> alert = soleAlert("marburg");
        Task task = task(alert);
        task.setStatus(TaskStatus.COMPLETED);
        task.addOutput()
                .setType(new CodeableConcept().setText("Issue"))
                .setValue(new CodeableConcept(
                        new Coding("https://keneya.ml/fhir/CodeSystem/ml-verification-outcome", "confirmed", null)));
        exchange.put("Task/" + alert.get("id"), task).hasStatus(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(soleAlert("marburg")).containsEntry("outcome", "confirmed"));
        Flag flag = exchange.get("Flag/" + alert.get("id")).as(Flag.class);
        assertThat(flag.getStatus()).isEqualTo(FlagStatus.INACTIVE);

        classify(first, "confirmed");
        exchange.post(transaction(putting(first)), facility).hasStatus(200);
        send("marburg", "suspected", "2026-11-21");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alerts("marburg")).hasSize(2));
        await().atMost(PATIENCE).until(this::nothingWaits);
        assertThat(alerts("marburg")).hasSize(2);
    }

    @Test
    void keepsTheAlertOfACaseThatIsWithdrawnAndSaysSo() {
        Condition plague = send("plague", "suspected", "2026-11-20");
        soleAlert("plague");

        exchange.delete("Condition/" + plague.getIdElement().getIdPart()).hasStatus(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evidence("plague")).containsExactly("withdrawn"));
        assertThat(soleAlert("plague").get("closed_at")).isNull();
    }

    /** As it is after an upgrade, until the view is built. */
    @Test
    @DisplayName(
            "While views were built after an upgrade, alerts were put off for longer and longer, up to half an hour")
    void waitsForAViewThatIsNotBuiltYetWithoutCountingAttempts() {
        JdbcClient owner = JdbcClient.create(flyway.getConfiguration().getDataSource());
        owner.sql("alter view identified.address rename to address_to_come").update();
        try {
            send("lassa", "suspected", "2026-11-20");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(jdbc.sql("""
                                            select work.attempts from keneya.alert_work work
                                            join identified.condition condition on condition.id = work.record_id
                                            where condition.owner_facility = ? and work.not_before > now() + interval '5 seconds'
                                            """)
                                    .param(facility)
                                    .query(Integer.class)
                                    .list())
                            .containsExactly(0));
        } finally {
            owner.sql("alter view identified.address_to_come rename to address").update();
        }

        soleAlert("lassa");
    }

    /** What a server noted that died before it could deal with it. */
    @Test
    void dealsWithWhatNobodyWokeItFor() {
        Condition mpox = send("mpox", "suspected", "2026-11-20");
        Map<String, Object> alert = soleAlert("mpox");
        jdbc.sql("delete from keneya.alert_evidence where alert = ?")
                .param(alert.get("id"))
                .update();
        jdbc.sql("delete from keneya.alert where id = ?").param(alert.get("id")).update();

        jdbc.sql("insert into keneya.alert_work (record_type, record_id) values ('Condition', ?)")
                .param(mpox.getIdElement().getIdPart())
                .update();

        assertThat(soleAlert("mpox")).isNotEmpty();
    }

    @Test
    void makesOneAlertWhenSeveralWorkersMeet() throws Exception {
        List<Condition> cases = List.of(
                send("dengue", "suspected", "2026-11-20"),
                send("dengue", "suspected", "2026-11-20"),
                send("dengue", "suspected", "2026-11-21"));
        soleAlert("dengue");
        await().atMost(PATIENCE).until(this::nothingWaits);
        jdbc.sql("delete from keneya.alert_evidence where alert in (select id from keneya.alert where place = ?)")
                .param(facility)
                .update();
        jdbc.sql("delete from keneya.alert where place = ?").param(facility).update();
        cases.forEach(each -> jdbc.sql("insert into keneya.alert_work (record_type, record_id) values ('Condition', ?)")
                .param(each.getIdElement().getIdPart())
                .update());

        AtOnce.send(4, index -> noted.dealWithOne());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(evidence("dengue")).hasSize(3));
        assertThat(alerts("dengue")).hasSize(1);
    }

    @Test
    void raisesNothingForADiseaseOfOlderPeopleThanTheThresholdMeans() {
        Patient adult = aPerson("", "male", "1980-01-01", "");
        exchange.post(
                        transaction(putting(adult), putting(aCase(adult, "afp-polio", "suspected", "2026-11-20"))),
                        facility)
                .hasStatus(200);
        await().atMost(PATIENCE).until(this::nothingWaits);
        assertThat(alerts("afp-polio")).isEmpty();

        Patient child = aPerson("", "male", "2020-01-01", "");
        exchange.post(
                        transaction(putting(child), putting(aCase(child, "afp-polio", "suspected", "2026-11-20"))),
                        facility)
                .hasStatus(200);

        soleAlert("afp-polio");
    }

    @Test
    void raisesAnAlertForOneNewbornWithTetanusAndNoneForAnAdult() {
        Patient adult = aPerson("", "male", "1980-01-01", "");
        exchange.post(
                        transaction(
                                putting(adult), putting(aCase(adult, "neonatal-tetanus", "suspected", "2026-11-20"))),
                        facility)
                .hasStatus(200);
        await().atMost(PATIENCE).until(this::nothingWaits);
        assertThat(alerts("neonatal-tetanus")).isEmpty();

        Patient newborn = aPerson("", "male", "2026-11-12", "");
        exchange.post(
                        transaction(
                                putting(newborn),
                                putting(aCase(newborn, "neonatal-tetanus", "suspected", "2026-11-20"))),
                        facility)
                .hasStatus(200);

        assertThat(soleAlert("neonatal-tetanus")).containsEntry("rule", "nnt-susp");
    }

    private Condition send(String disease, String classification, String onset) {
        Patient person = aPerson("", "female", "1990", "");
        Condition found = aCase(person, disease, classification, onset);
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);
        return found;
    }

    private static List<String> casesIn(Task task) {
        return task.getInput().stream()
                .filter(input -> input.getValue() instanceof Reference)
                .map(input -> ((Reference) input.getValue()).getReference())
                .toList();
    }

    private Task task(Map<String, Object> alert) {
        return exchange.get("Task/" + alert.get("id")).hasStatus(200).as(Task.class);
    }

    private Map<String, Object> soleAlert(String disease) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts(disease)).hasSize(1));
        return alerts(disease).get(0);
    }

    private List<Map<String, Object>> alerts(String disease) {
        return jdbc.sql("select * from keneya.alert where place = :place and disease = :disease order by raised_at")
                .param("place", facility)
                .param("disease", disease)
                .query()
                .listOfRows();
    }

    private List<String> evidence(String disease) {
        return jdbc.sql("""
                        select evidence.state from keneya.alert_evidence evidence
                        join keneya.alert on alert.id = evidence.alert
                        where alert.place = :place and alert.disease = :disease
                        """)
                .param("place", facility)
                .param("disease", disease)
                .query(String.class)
                .list();
    }

    /** Of this facility: other tests have work of their own. */
    private boolean nothingWaits() {
        return jdbc.sql("""
                        select not exists (select from keneya.alert_work work
                            join identified.condition condition on condition.id = work.record_id
                            where condition.owner_facility = ?)
                        """).param(facility).query(Boolean.class).single();
    }
}
