package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.surveillance.alert.RaisedAlerts.place;
import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ml.keneya.test.AtOnce;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Alerts whose time runs out: the clock is the test's, and only its own alerts are looked at by it, because those of
 * other tests are due as well by then.
 */
@KeneyaIntegrationTest
class EscalationIT {

    private static final String SCOPES = "openid user/*.cruds";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    EscalatesAlerts escalates;

    @Autowired
    OverdueAlerts overdue;

    @Autowired
    WatchesDeadlines deadlines;

    private final String facility = unique("site");

    private RaisedAlerts raised;

    @BeforeEach
    void prepare() {
        raised = new RaisedAlerts(exchange, jdbc, facility);
    }

    @Test
    @DisplayName("An alert that nobody acknowledges goes to the region, then to the agency, once each, and no further")
    void goesUp() {
        String alert = anAlert("ebola", "ML030201");
        OffsetDateTime due = due(alert);
        assertThat(owner(raised.task(alert))).isEqualTo("ML0302");

        assertThat(escalate(alert, due.minusSeconds(1))).isFalse();
        assertThat(escalate(alert, due)).isTrue();

        Task ofRegion = raised.task(alert);
        assertThat(owner(ofRegion)).isEqualTo("ML03");
        assertThat(ofRegion.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(ofRegion.getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(ofRegion.getStatusReason().getText())
                .isEqualTo("Sans accusé de réception avant le " + inUtc(due) + " : transmise à la région Sikasso.");
        assertThat(ofRegion.getRestriction().getPeriod().getEnd().toInstant())
                .isEqualTo(due.plusHours(48).toInstant().truncatedTo(ChronoUnit.SECONDS));
        assertThat(escalate(alert, due)).isFalse();

        // Five hours late: whoever has it next has the whole time.
        assertThat(escalate(alert, due.plusHours(53))).isTrue();

        Task ofAgency = raised.task(alert);
        assertThat(owner(ofAgency)).isEqualTo("ML");
        assertThat(ofAgency.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(ofAgency.getStatusReason().getText()).endsWith(" : transmise au niveau national.");
        assertThat(ofAgency.getRestriction().getPeriod().getEnd().toInstant())
                .isEqualTo(due.plusHours(53 + 48).toInstant().truncatedTo(ChronoUnit.SECONDS));
        assertThat(escalate(alert, due.plusYears(1))).isFalse();
        assertThat(steps(alert)).containsExactly("region ML03", "agency ML");
        // The history of the Task tells whose it was, and the change log tells subscribers.
        assertThat(exchange.get("Task/" + alert + "/_history").hasStatus(200).entries().stream()
                        .map(entry -> owner(entry.getResource())))
                .containsExactly("ML", "ML03", "ML0302");
        assertThat(jdbc.sql("select count(*) from keneya.change where resource_type = 'Task' and resource_id = ?")
                        .param(alert)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("An epidemic stays as urgent as can be, and each level has a day for it")
    void goesUpFasterWhenItIsAnEpidemic() {
        Patient person = aPerson("ML030201", "female", "1990", "");
        String alert = raised.of(raised.send(person, aCase(person, "rvf", "confirmed", "2026-11-20")));
        OffsetDateTime due = due(alert);
        assertThat(Duration.between(raised.task(alert).getAuthoredOn().toInstant(), due))
                .isBetween(Duration.ofHours(24), Duration.ofHours(24).plusSeconds(1));

        assertThat(escalate(alert, due)).isTrue();

        Task ofRegion = raised.task(alert);
        assertThat(ofRegion.getPriority()).isEqualTo(TaskPriority.STAT);
        assertThat(ofRegion.getRestriction().getPeriod().getEnd().toInstant())
                .isEqualTo(due.plusHours(24).toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    @DisplayName("The district that takes an alert in hand keeps it, also when that is noted a moment late")
    void staysWithWhoeverAcknowledges() {
        String alert = anAlert("marburg", "ML030201");
        OffsetDateTime due = due(alert);
        patch(alert, "accepted", raised.callerIn("ML0302", SCOPES));
        await().atMost(RaisedAlerts.PATIENCE).until(() -> isAcknowledged(alert));

        assertThat(overdue.ids(due.plusDays(9))).doesNotContain(UUID.fromString(alert));
        assertThat(escalate(alert, due.plusDays(9))).isFalse();
        jdbc.sql("update keneya.alert set acknowledged_at = null where id::text = ?")
                .param(alert)
                .update();
        assertThat(escalate(alert, due.plusDays(9))).isFalse();

        assertThat(isAcknowledged(alert)).isTrue();
        assertThat(owner(raised.task(alert))).isEqualTo("ML0302");
        assertThat(steps(alert)).isEmpty();
    }

    @Test
    @DisplayName("Several servers escalate once, and one that dies meanwhile leaves the alert overdue")
    void goesUpOnce() throws Exception {
        String alert = anAlert("lassa", "ML030201");
        OffsetDateTime due = due(alert);
        new TransactionTemplate(transactions).executeWithoutResult(dies -> {
            assertThat(escalates.escalate(UUID.fromString(alert), due)).isTrue();
            // Another one passes by meanwhile, and waits for nobody.
            assertThat(elsewhere(() -> escalate(alert, due))).isFalse();
            dies.setRollbackOnly();
        });
        assertThat(steps(alert)).isEmpty();
        assertThat(overdue.ids(due)).contains(UUID.fromString(alert));

        List<Boolean> went = Collections.synchronizedList(new ArrayList<>());
        AtOnce.send(4, server -> went.add(escalate(alert, due)));

        assertThat(went).containsOnlyOnce(true).hasSize(4);
        assertThat(steps(alert)).containsExactly("region ML03");
        assertThat(raised.task(alert).getMeta().getVersionId()).isEqualTo("2");
    }

    @Test
    @DisplayName("Where no region is known the agency is next; what is closed goes nowhere")
    void knowsWhoIsNext() {
        String alert = anAlert("plague", "");
        OffsetDateTime due = due(alert);
        assertThat(escalate(alert, due)).isTrue();
        assertThat(steps(alert)).containsExactly("agency ML");

        String closed = anAlert("plague", "ML030201");
        raised.close(closed, "false-alert");
        assertThat(overdue.ids(due.plusDays(9))).doesNotContain(UUID.fromString(closed));
        assertThat(escalate(closed, due.plusDays(9))).isFalse();
        assertThat(steps(closed)).isEmpty();
    }

    @Test
    @DisplayName("From a region it goes to the agency; from a facility to the region in which that lies by then")
    void knowsWhereItLies() {
        Patient person = aPerson("", "female", "1990", "");
        person.addAddress().addExtension(place("region", "2015", "ML05"));
        String ofRegion = raised.of(raised.send(person, aCase(person, "marburg", "suspected", "2026-11-20")));
        assertThat(owner(raised.task(ofRegion))).isEqualTo("ML05");
        assertThat(escalate(ofRegion, due(ofRegion))).isTrue();
        assertThat(steps(ofRegion)).containsExactly("agency ML");

        String ofFacility = anAlert("dengue", "");
        raised.register(place("commune", "2015", "ML030201"), place("region", "2023", "02"));
        assertThat(escalate(ofFacility, due(ofFacility))).isTrue();
        assertThat(steps(ofFacility)).containsExactly("region ML03");

        RaisedAlerts another = new RaisedAlerts(exchange, jdbc, unique("site"));
        String ofToday = another.of(another.send("dengue", "", "2026-11-20"));
        another.register(place("region", "2023", "11"));
        assertThat(escalate(ofToday, due(ofToday))).isTrue();
        assertThat(steps(ofToday)).containsExactly("region 11");
    }

    @Test
    @DisplayName("The time is that of the clock, and a look that fails ends no others")
    void looksByTheClock() {
        String alert = anAlert("rabies", "ML030201");
        Instant due = due(alert).toInstant();

        watcher(due.minusSeconds(1), alert).watch();
        assertThat(steps(alert)).isEmpty();
        watcher(due.plusSeconds(1), alert).watch();
        assertThat(steps(alert)).containsExactly("region ML03");

        // What it throws would take its turn from the schedule.
        assertThatCode(() -> watcher(due, "no id").watch()).doesNotThrowAnyException();
    }

    /** Sees the alerts of no other test, which are due as well by then. */
    private WatchesDeadlines watcher(Instant now, String alert) {
        OverdueAlerts own = new OverdueAlerts(jdbc) {
            @Override
            List<UUID> ids(OffsetDateTime moment) {
                UUID only = UUID.fromString(alert);
                return super.ids(moment).stream().filter(only::equals).toList();
            }
        };
        return new WatchesDeadlines(
                own, escalates, new TransactionTemplate(transactions), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    @DisplayName("What is overdue is found by the clock, and one that cannot go up holds up no other")
    void findsWhatIsOverdue() {
        String alert = anAlert("yellow-fever", "ML030201");
        String broken = anAlert("cchf", "ML030201");
        OffsetDateTime due = due(alert);
        assertThat(overdue.ids(due.minusSeconds(1))).doesNotContain(UUID.fromString(alert));
        assertThat(overdue.ids(due)).contains(UUID.fromString(alert));
        // As if it had gone up already: the row that says so is there, and no second one may be.
        jdbc.sql("""
                        insert into keneya.alert_escalation (alert, responsible, division, place, was_due_at, escalated_at)
                        select id, 'region', '2015', 'ML03', now(), now() from keneya.alert where id::text = ?
                        """).param(broken).update();
        hasBeenDueSince(alert, "2001-01-02T00:00:00Z");
        hasBeenDueSince(broken, "2001-01-01T00:00:00Z");
        List<UUID> inTurn = overdue.ids(OffsetDateTime.parse("2001-01-03T00:00:00Z"));

        deadlines.watch();

        // The server's own look may have it in hand at this moment.
        await().untilAsserted(() -> assertThat(steps(alert)).containsExactly("region ML03"));
        assertThat(owner(raised.task(broken))).isEqualTo("ML0302");
        assertThat(inTurn.get(0)).isEqualTo(UUID.fromString(broken));
        jdbc.sql("update keneya.alert set acknowledged_at = now() where id::text = ?")
                .param(broken)
                .update();
    }

    @Test
    @DisplayName("The region and the district are told of what went to the region, all of what went to the agency")
    void notesMails() {
        String alert = anAlert("mpox", "ML080201");
        OffsetDateTime due = due(alert);
        assertThat(mails(alert)).containsExactly("alert ML08");

        escalate(alert, due);
        assertThat(mails(alert)).containsExactly("alert ML08", "region ML08");
        escalate(alert, due.plusHours(48));
        assertThat(mails(alert)).containsExactly("alert ML08", "region ML08", "agency ML08");
    }

    private boolean escalate(String alert, OffsetDateTime now) {
        return Boolean.TRUE.equals(new TransactionTemplate(transactions)
                .execute(status -> escalates.escalate(UUID.fromString(alert), now)));
    }

    private static <T> T elsewhere(Supplier<T> work) {
        try {
            // A lock that is waited for and not skipped would be waited for as long as the caller has it.
            return CompletableFuture.supplyAsync(work).get(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String inUtc(OffsetDateTime moment) {
        return moment.withOffsetSameInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private void hasBeenDueSince(String alert, String moment) {
        jdbc.sql("update keneya.alert set due_at = :due where id::text = :alert")
                .param("due", OffsetDateTime.parse(moment))
                .param("alert", alert)
                .update();
    }

    private void patch(String alert, String status, String[] caller) {
        exchange.send(
                        "PATCH",
                        "Task/" + alert,
                        "application/json-patch+json",
                        BodyPublishers.ofString(
                                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"" + status + "\"}]"),
                        caller)
                .hasStatus(200);
    }

    private String anAlert(String disease, String commune) {
        return raised.of(raised.send(disease, commune, "2026-11-20"));
    }

    private OffsetDateTime due(String alert) {
        return jdbc.sql("select due_at from keneya.alert where id::text = ?")
                .param(alert)
                .query(OffsetDateTime.class)
                .single();
    }

    private boolean isAcknowledged(String alert) {
        return jdbc.sql("select acknowledged_at is not null from keneya.alert where id::text = ?")
                .param(alert)
                .query(Boolean.class)
                .single();
    }

    private List<String> steps(String alert) {
        return jdbc.sql("""
                        select responsible || ' ' || place from keneya.alert_escalation
                        where alert::text = ? order by escalated_at
                        """).param(alert).query(String.class).list();
    }

    private List<String> mails(String alert) {
        return jdbc.sql("select level || ' ' || list from keneya.alert_mail where alert::text = ? order by id")
                .param(alert)
                .query(String.class)
                .list();
    }

    private static String owner(Resource task) {
        return ((Task) task).getOwner().getIdentifier().getValue();
    }
}
