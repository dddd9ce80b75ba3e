package ml.keneya.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.surveillance.Cases;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;

/**
 * The alert of a case that was committed and acknowledged, and that no one has seen yet: its row and its Flag are
 * written, its Task is about to be, and nothing of it is committed.
 */
final class AlertUnderWay implements AutoCloseable {

    private static final String FACILITY = "alerted";

    private final PostgresqlConnection database;
    private final HeldWrites task;

    AlertUnderWay(PostgresqlConnection database, String base) {
        this.database = database;
        this.task = new HeldWrites(database, "keneya.change", "insert", "new.resource_type = 'Task'");
        Patient person = Cases.aPerson("ML010101", "female", "1990", "");
        Condition found = Cases.aCase(person, "cholera", "suspected", "2026-11-20");
        String bundle = FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Records.transaction(Records.putting(person), Records.putting(found)));
        new Clinic(base)
                .send(HttpRequest.newBuilder(URI.create(base))
                        .header("Content-Type", "application/fhir+json")
                        .header("Keneya-Facility", FACILITY)
                        .POST(BodyPublishers.ofString(bundle)))
                .hasStatus(200);
        HeldWrites.awaitAll(task);
    }

    /** As whoever asks the database sees it. */
    void assertNotSeen() {
        assertThat(count("keneya.alert")).isZero();
        assertThat(count("keneya.alert_work")).isEqualTo(1);
    }

    /** Waits until the note of the case is dealt with. */
    void assertRaisedOnce(String base) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (count("keneya.alert_work") > 0) {
            assertThat(System.nanoTime()).as("an end of the work on alerts").isLessThan(deadline);
            ServerProcess.pause(50);
        }
        assertThat(count("keneya.alert")).isEqualTo(1);
        assertThat(count("keneya.alert_evidence")).isEqualTo(1);
        String id = text("select id::text from keneya.alert");
        for (String type : new String[] {"Flag", "Task"}) {
            assertThat(text("select string_agg(resource_id || ' ' || version, ',') from keneya.change"
                            + " where resource_type = '" + type + "'"))
                    .as("what was written of the type %s", type)
                    .isEqualTo(id + " 1");
            new Clinic(base).read(type + "/" + id).hasStatus(200);
        }
    }

    @Override
    public void close() {
        task.close();
    }

    private int count(String table) {
        return Integer.parseInt(text("select count(*)::text from " + table));
    }

    private String text(String sql) {
        try (Connection connection = database.open();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
