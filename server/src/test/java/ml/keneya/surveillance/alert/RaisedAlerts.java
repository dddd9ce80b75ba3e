package ml.keneya.surveillance.alert;

import static ml.keneya.surveillance.Cases.aCase;
import static ml.keneya.surveillance.Cases.aPerson;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.surveillance.Cases;
import ml.keneya.surveillance.alert.WatchesWeeks.Schedule;
import ml.keneya.test.Exchange;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Cases as a site sends them, and the alerts that come of them, which the server's own worker raises and closes. */
public final class RaisedAlerts {

    public static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Exchange exchange;
    private final JdbcClient jdbc;
    private final String facility;

    /** @param facility that sends */
    public RaisedAlerts(Exchange exchange, JdbcClient jdbc, String facility) {
        this.exchange = exchange;
        this.jdbc = jdbc;
        this.facility = facility;
    }

    /** The registry says how many people live in the area of the facility, so that its weeks are judged by them. */
    void inhabitants(int number) {
        Location area = new Location().setName("Aire de santé");
        area.setId(UUID.nameUUIDFromBytes(facility.getBytes(StandardCharsets.UTF_8))
                .toString());
        area.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(facility);
        Extension population = new Extension(Cases.BASE + "/StructureDefinition/ml-ext-catchment-population");
        population.addExtension("count", new PositiveIntType(number));
        population.addExtension("year", new DateType("2013"));
        area.addExtension(population);
        exchange.post(transaction(putting(area)), facility).hasStatus(200);
    }

    /** @param commune where the person lives; empty where nobody says so */
    public Condition send(String disease, String commune, String onset) {
        return send(disease, commune, onset, 1).get(0);
    }

    /** As many women, in one delivery. */
    List<Condition> send(String disease, String commune, String onset, int number) {
        Bundle bundle = transaction();
        List<Condition> cases = new ArrayList<>();
        for (int each = 0; each < number; each++) {
            Patient person = aPerson(commune, "female", "1990", "");
            Condition found = aCase(person, disease, "suspected", onset);
            bundle.addEntry(putting(person)).addEntry(putting(found));
            cases.add(found);
        }
        exchange.post(bundle, facility).hasStatus(200);
        return cases;
    }

    Condition send(Patient person, Condition found) {
        exchange.post(transaction(putting(person), putting(found)), facility).hasStatus(200);
        return found;
    }

    /** The facility says where it is. */
    void register(Extension... places) {
        Organization centre = new Organization().setName("CSCom");
        centre.setId(UUID.randomUUID().toString());
        centre.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(facility);
        for (Extension place : places) {
            centre.getAddressFirstRep().addExtension(place);
        }
        exchange.post(transaction(putting(centre)), facility).hasStatus(200);
    }

    /** @param level {@code commune} or {@code region} */
    static Extension place(String level, String division, String code) {
        return new Extension(
                Cases.BASE + "/StructureDefinition/ml-ext-" + level,
                new Coding(Cases.BASE + "/CodeSystem/ml-administrative-division-" + division, code, null));
    }

    /** The alert whose evidence the case is; waits until there is one. */
    String of(Condition found) {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("select alert::text from keneya.alert_evidence where condition_id = ?")
                                .param(found.getIdElement().getIdPart())
                                .query(String.class)
                                .list(),
                        alerts -> !alerts.isEmpty())
                .get(0);
    }

    /** The one alert on the disease in the place; waits until it is there. */
    public String on(String disease, String place) {
        return await().atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("select id::text from keneya.alert where disease = ? and place = ?")
                                .param(disease)
                                .param(place)
                                .query(String.class)
                                .list(),
                        alerts -> !alerts.isEmpty())
                .get(0);
    }

    Task task(String alert) {
        return exchange.get("Task/" + alert).hasStatus(200).as(Task.class);
    }

    /** @param outcome of the verification; waits until the alert is closed with it */
    public void close(String alert, String outcome) {
        Task task = task(alert);
        task.setStatus(TaskStatus.COMPLETED)
                .addOutput()
                .setType(new CodeableConcept().setText("Issue"))
                .setValue(new CodeableConcept(
                        new Coding(Cases.BASE + "/CodeSystem/ml-verification-outcome", outcome, null)));
        exchange.put("Task/" + alert, task).hasStatus(200);
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select closed_at is not null from keneya.alert where id::text = ?")
                        .param(alert)
                        .query(Boolean.class)
                        .single());
    }

    /** The headers of somebody who answers for the area. */
    String[] callerIn(String area, String scopes) {
        TestPerson person = TestPerson.ready(exchange, "area", Map.of("areas", List.of(area)));
        return TestApp.with(exchange, scopes).tokenOf(person, scopes);
    }

    /** Looks at the weeks each hour, at whose moment it is now. */
    WatchesWeeks watcher(LooksAtWeeks looks, PlatformTransactionManager transactions, String schedule, Instant now) {
        return new WatchesWeeks(
                jdbc,
                new TransactionTemplate(transactions),
                looks,
                new Schedule(schedule, Clock.fixed(now, ZoneOffset.UTC), Duration.ofHours(1)));
    }
}
