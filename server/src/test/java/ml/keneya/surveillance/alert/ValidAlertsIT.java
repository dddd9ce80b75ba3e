package ml.keneya.surveillance.alert;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Verdict;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the exchange asks of alerts it asks of its own, from the first case to the end. */
@KeneyaIntegrationTest
class ValidAlertsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    EscalatesAlerts escalates;

    @Autowired
    LooksAtWeeks looks;

    private final String facility = unique("site");

    @Test
    @DisplayName("Flag and Task of an alert meet their profiles when it is raised, joined, passed on and closed")
    void meetTheirProfiles() {
        RaisedAlerts raised = new RaisedAlerts(exchange, jdbc, facility);
        String alert = raised.of(raised.send("lassa", "ML040501", "2008-02-05"));
        assertValid(alert, FlagStatus.ACTIVE);

        Condition other = raised.send("lassa", "ML040501", "2008-02-06");
        assertThat(raised.of(other)).isEqualTo(alert);
        await().atMost(RaisedAlerts.PATIENCE)
                .until(() -> casesIn(raised.task(alert)).size() == 2);
        assertValid(alert, FlagStatus.ACTIVE);

        OffsetDateTime late = OffsetDateTime.of(2100, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        for (int step = 0; step < 2; step++) {
            OffsetDateTime now = late.plusYears(step);
            new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> assertThat(escalates.escalate(UUID.fromString(alert), now))
                            .isTrue());
            assertValid(alert, FlagStatus.ACTIVE);
        }

        raised.close(alert, "confirmed");
        assertValid(alert, FlagStatus.INACTIVE);
    }

    @Test
    @DisplayName("So they do when the week of an area raises the alert")
    void meetTheirProfilesByWeeks() {
        RaisedAlerts raised = new RaisedAlerts(exchange, jdbc, facility);
        raised.inhabitants(25_000);
        raised.send("meningitis", "", "2008-02-05", 2);
        assertThat(raised.watcher(looks, transactions, unique("weeks"), Instant.parse("2008-02-10T10:00:00Z"))
                        .watchIfDue())
                .isTrue();

        String alert = raised.on("meningitis", facility);

        assertValid(alert, FlagStatus.ACTIVE);
    }

    private void assertValid(String alert, FlagStatus status) {
        Flag flag = exchange.get("Flag/" + alert).hasStatus(200).as(Flag.class);
        assertThat(flag.getStatus()).isEqualTo(status);
        assertThat(Verdict.errorsOf(exchange, flag, "ml-surveillance-alert")).isEmpty();
        Task task = exchange.get("Task/" + alert).hasStatus(200).as(Task.class);
        assertThat(Verdict.errorsOf(exchange, task, "ml-alert-verification")).isEmpty();
    }

    private static List<Task.ParameterComponent> casesIn(Task task) {
        return task.getInput().stream()
                .filter(input -> input.getType().hasCoding("http://hl7.org/fhir/resource-types", "Condition"))
                .toList();
    }
}
