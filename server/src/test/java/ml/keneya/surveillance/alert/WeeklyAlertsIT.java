package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.Cases.classify;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Weeks of years in which no other test has cases; the clock is moved there, and each test has its own facility. */
@KeneyaIntegrationTest
class WeeklyAlertsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    LooksAtWeeks looks;

    @Autowired
    CountsWeeks counts;

    @Autowired
    Signals signals;

    @Autowired
    ConformancePackages packages;

    private final String facility = unique("area");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2013-03-14T10:00:00Z"));
    private final String schedule = unique("weeks");

    private RaisedAlerts raised;

    @BeforeEach
    void register() {
        raised = new RaisedAlerts(exchange, jdbc, facility);
        raised.inhabitants(25_000);
    }

    @Test
    @DisplayName("Two cases of meningitis in a week raise one alert in an area of 25 000, five make it an epidemic")
    void raisesAndEscalates() {
        send("2013-03-04", 1);
        send("2013-03-11", 1);
        watch();
        assertThat(alerts()).isEmpty();

        send("2013-03-13", 1);
        // Not due: the last look was a moment ago.
        assertThat(watcher().watchIfDue()).isFalse();
        later(Duration.ofHours(1));
        watch();

        Map<String, Object> alert = soleAlert();
        assertThat(alert).containsEntry("level", "alert").containsEntry("rule", "men-alert-small");
        assertThat(alert.get("began_on")).hasToString("2013-03-11");
        Flag flag = exchange.get("Flag/" + alert.get("id")).hasStatus(200).as(Flag.class);
        assertThat(flag.getCode().getCodingFirstRep().getCode()).isEqualTo("meningitis");
        assertThat(flag.getSubject().getIdentifier().getValue()).isEqualTo(facility);
        assertThat(remarks(alert))
                .containsExactly("2013-W11, health|" + facility + " : 2 cas, seuil 2,0 (men-alert-small)");
        assertThat(casesIn(task(alert))).hasSize(2);

        send("2013-03-14", 3);
        later(Duration.ofHours(1));
        watch();

        assertThat(soleAlert()).containsEntry("level", "epidemic").containsEntry("rule", "men-epi-small");
        assertThat(casesIn(task(alert))).hasSize(5);
    }

    @Test
    @DisplayName("A larger area is judged by incidence, and one whose inhabitants nobody knows is listed as unwatched")
    void judgesByInhabitants() {
        now.set(Instant.parse("2013-06-13T10:00:00Z"));
        raised.inhabitants(90_000);
        String unknown = unique("unknown");
        send("2013-06-10", 2);
        Patient person = aPerson("", "female", "1990", "");
        exchange.post(
                        transaction(putting(person), putting(aCase(person, "meningitis", "suspected", "2013-06-11"))),
                        unknown)
                .hasStatus(200);
        watch();
        assertThat(alerts()).isEmpty();
        assertThat(jdbc.sql("select monday::text || ' ' || cases from keneya.alert_unwatched where place = ?")
                        .param(unknown)
                        .query(String.class)
                        .list())
                .containsExactly("2013-06-10 1");

        send("2013-06-12", 1);
        later(Duration.ofHours(2));
        watch();

        assertThat(soleAlert()).containsEntry("rule", "men-alert-large");
    }

    @Test
    @DisplayName("Cases that arrive weeks late raise the alert of their week; those of three months ago raise none")
    void takesLateCases() {
        now.set(Instant.parse("2013-10-10T10:00:00Z"));
        send("2013-07-01", 4);
        watch();
        assertThat(alerts()).isEmpty();

        send("2013-09-02", 2);
        later(Duration.ofHours(1));
        watch();

        assertThat(remarks(soleAlert())).singleElement().asString().startsWith("2013-W36");
    }

    @Test
    @DisplayName(
            "Where more weeks are looked at than eight, as in a sandbox, those of three months ago raise theirs too")
    void looksFurtherBackWhenToldTo() {
        now.set(Instant.parse("2018-10-11T10:00:00Z"));
        send("2018-07-02", 2);
        watch();
        assertThat(alerts()).isEmpty();

        looks = new LooksAtWeeks(
                counts, signals, packages, new AlertSettings(Set.of(), Duration.ofHours(1), 20, Duration.ofDays(30)));
        later(Duration.ofHours(1));
        watch();

        assertThat(remarks(soleAlert())).singleElement().asString().startsWith("2018-W27");
    }

    @Test
    @DisplayName(
            "An alert stays when its cases are withdrawn, whoever verifies is told, and looking again adds nothing")
    void keepsWhatWasWithdrawn() {
        now.set(Instant.parse("2014-03-13T10:00:00Z"));
        List<Condition> cases = send("2014-03-10", 2);
        watch();
        Map<String, Object> alert = soleAlert();

        classify(cases.get(0), "discarded");
        exchange.post(transaction(putting(cases.get(0))), facility).hasStatus(200);
        exchange.post(
                        transaction(deleting(
                                "Condition/" + cases.get(1).getIdElement().getIdPart())),
                        facility)
                .hasStatus(200);
        await().atMost(RaisedAlerts.PATIENCE)
                .untilAsserted(() -> assertThat(evidence()).containsExactlyInAnyOrder("discarded", "withdrawn"));
        later(Duration.ofHours(1));
        watch();

        assertThat(soleAlert().get("closed_at")).isNull();
        assertThat(remarks(alert))
                .containsExactly(
                        "2014-W11, health|" + facility + " : 2 cas, seuil 2,0 (men-alert-small)",
                        "2014-W11, health|" + facility + " : 0 cas, le seuil n'est plus atteint (men-alert-small)");
        String version =
                exchange.get("Task/" + alert.get("id")).as(Task.class).getMeta().getVersionId();
        later(Duration.ofHours(1));
        watch();
        assertThat(exchange.get("Task/" + alert.get("id"))
                        .as(Task.class)
                        .getMeta()
                        .getVersionId())
                .isEqualTo(version);
    }

    @Test
    @DisplayName("A week whose alert was closed raises another only when it becomes an epidemic; the next week does")
    void doesNotRaiseTheSameWeekAgain() {
        now.set(Instant.parse("2014-06-12T10:00:00Z"));
        send("2014-06-09", 2);
        watch();
        Map<String, Object> first = soleAlert();
        close(first);

        send("2014-06-10", 2);
        later(Duration.ofHours(1));
        watch();
        assertThat(alerts()).hasSize(1);

        send("2014-06-11", 1);
        later(Duration.ofHours(1));
        watch();
        assertThat(alerts()).hasSize(2);
        Map<String, Object> second = alerts().get(1);
        assertThat(second).containsEntry("level", "epidemic");
        // The two of the closed event do not count as its evidence again.
        assertThat(casesIn(task(second))).hasSize(3);
        close(second);

        send("2014-06-17", 2);
        later(Duration.ofDays(6));
        watch();
        assertThat(alerts()).hasSize(3);
    }

    @Test
    @DisplayName("Several servers look once, and one that dies while it looks leaves it to the others")
    void looksOnce() throws Exception {
        now.set(Instant.parse("2014-09-11T10:00:00Z"));
        assertThat(watcher().watchIfDue()).isTrue();
        send("2014-09-08", 2);
        later(Duration.ofHours(1));
        AtomicReference<Boolean> other = new AtomicReference<>();
        new TransactionTemplate(transactions).executeWithoutResult(dies -> {
            assertThat(watcher().watchIfDue()).isTrue();
            other.set(atOnce());
            dies.setRollbackOnly();
        });
        // The other one found it in hand, and passed by.
        assertThat(other.get()).isFalse();
        assertThat(alerts()).isEmpty();

        List<Boolean> looked = Collections.synchronizedList(new ArrayList<>());
        AtOnce.send(4, index -> looked.add(watcher().watchIfDue()));

        assertThat(looked).containsOnlyOnce(true).hasSize(4);
        settle();
        assertThat(alerts()).hasSize(1);
        assertThat(jdbc.sql("select count(*) from keneya.alert_signal where place = ?")
                        .param(facility)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private boolean atOnce() {
        try {
            return AtOnce.send(1, index -> watcher().watchIfDue()).get(0);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private WatchesWeeks watcher() {
        return raised.watcher(looks, transactions, schedule, now.get());
    }

    private void watch() {
        assertThat(watcher().watchIfDue()).isTrue();
        settle();
    }

    private void later(Duration time) {
        now.set(now.get().plus(time));
    }

    /** The signals of this facility are dealt with by the server's own worker. */
    private void settle() {
        await().atMost(RaisedAlerts.PATIENCE)
                .until(() -> jdbc.sql("""
                        select not exists (select from keneya.alert_work work
                            join keneya.alert_signal signal on work.record_type = 'Signal'
                                and work.record_id = signal.id::text
                            where signal.place = ?)
                        """).param(facility).query(Boolean.class).single());
    }

    private List<Condition> send(String onset, int number) {
        return raised.send("meningitis", "", onset, number);
    }

    private void close(Map<String, Object> alert) {
        raised.close(String.valueOf(alert.get("id")), "confirmed");
    }

    private Task task(Map<String, Object> alert) {
        return raised.task(String.valueOf(alert.get("id")));
    }

    private List<String> remarks(Map<String, Object> alert) {
        return task(alert).getInput().stream()
                .filter(input -> input.getValue() instanceof StringType)
                .map(input -> input.getValue().primitiveValue())
                .toList();
    }

    private static List<String> casesIn(Task task) {
        return task.getInput().stream()
                .filter(input -> input.getValue() instanceof Reference)
                .map(input -> ((Reference) input.getValue()).getReference())
                .toList();
    }

    private Map<String, Object> soleAlert() {
        assertThat(alerts()).hasSize(1);
        return alerts().get(0);
    }

    private List<Map<String, Object>> alerts() {
        return jdbc.sql("select * from keneya.alert where place = ? order by raised_at")
                .param(facility)
                .query()
                .listOfRows();
    }

    private List<String> evidence() {
        return jdbc.sql("""
                        select evidence.state from keneya.alert_evidence evidence
                        join keneya.alert on alert.id = evidence.alert where alert.place = ?
                        """).param(facility).query(String.class).list();
    }
}
