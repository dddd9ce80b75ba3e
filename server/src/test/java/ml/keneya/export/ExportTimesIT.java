package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From when to when an export goes, and how long it is kept. */
@KeneyaIntegrationTest
class ExportTimesIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ForgetsOldExports forgets;

    @Autowired
    ExportSettings settings;

    ExportClient client;

    @BeforeEach
    void speak() {
        client = new ExportClient(exchange);
    }

    /** Windows that meet: what changed in each stands in one of them, as it was at its end. */
    @Test
    void goesFromOneInstantToTheNext() {
        String child = write(aChild(unique("record")));
        String deleted = write(aChild(unique("record")));
        String first = client.export("$export?_type=Patient").transactionTime();
        rename(child, "Aminata");
        String second = client.export("$export?_type=Patient").transactionTime();
        rename(child, "Fatoumata");
        exchange.delete("Patient/" + deleted).hasStatus(200);
        String later = write(aChild(unique("record")));
        String third = client.export("$export?_type=Patient").transactionTime();

        Export window = client.export("$export?_type=Patient&_since=" + encoded(first) + "&_until=" + encoded(second));
        Export next = client.export("$export?_type=Patient&_since=" + encoded(second) + "&_until=" + encoded(third));

        assertThat(window.transactionTime()).isEqualTo(second);
        assertThat(window.record("Patient", child))
                .hasValueSatisfying(record -> assertThat(record.toString()).contains("Aminata"));
        assertThat(window.ids("Patient")).doesNotContain(later, deleted);
        assertThat(window.deleted()).doesNotContain("Patient/" + deleted);
        assertThat(next.record("Patient", child))
                .hasValueSatisfying(record -> assertThat(record.toString()).contains("Fatoumata"));
        assertThat(next.ids("Patient")).contains(later);
        assertThat(next.deleted()).contains("Patient/" + deleted);
    }

    /** Who has joined or left since does not count. */
    @Test
    void holdsWhoWasAMemberAtItsMoment() {
        String then = write(aChild(unique("record")));
        String since = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + then, "7.1"));
        write(weightOf("Patient/" + since, "8.1"));
        Group group = groupOf(then);
        group.setId(write(group));

        String status = client.begin("Group/" + group.getIdPart() + "/$export");
        Group changed = groupOf(since);
        changed.setId(group.getIdPart());
        writer.write(changed);
        Export export = client.whenReady(status);

        assertThat(export.ids("Patient")).containsExactly(then);
        assertThat(export.ids("Observation")).containsExactly(weight);
        assertThat(client.export("Group/" + group.getIdPart() + "/$export").ids("Patient"))
                .containsExactly(since);
    }

    @Test
    void saysHowLongItIsKeptAndIsForgottenThen() {
        write(aChild(unique("record")));
        Instant before = Instant.now();
        Export export = client.export("$export?_type=Patient");
        String file = export.urls("output", "Patient").get(0);
        UUID job = UUID.fromString(export.status().replaceAll(".*=", ""));

        Answer kept = exchange.get(export.status()).hasStatus(200);

        assertThat(kept.header("Expires"))
                .hasValueSatisfying(
                        expires -> assertThat(ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant())
                                .isBetween(
                                        before.plus(settings.kept()).minus(Duration.ofSeconds(2)),
                                        Instant.now().plus(settings.kept()).plus(Duration.ofSeconds(2))));
        jdbc.sql("update keneya.export_job set expires_at = now() - interval '1 second' where id = :id")
                .param("id", job)
                .update();
        exchange.get(export.status()).isRefused(404, "ML-EXPORT-002");
        exchange.get(file).isRefused(404, "ML-EXPORT-002");
        forgets.forget();
        assertThat(jdbc.sql("""
                                select (select count(*) from keneya.export_job where id = :id)
                                     + (select count(*) from keneya.export_part where job = :id)
                                """).param("id", job).query(Long.class).single()).isZero();
    }

    private String write(Resource resource) {
        return writer.write(resource).getIdPart();
    }

    private void rename(String id, String given) {
        Patient child = aChild(unique("record"));
        child.setId(id);
        child.getNameFirstRep().getGiven().get(0).setValue(given);
        writer.write(child);
    }

    private static Group groupOf(String member) {
        Group group = new Group().setType(GroupType.PERSON).setActual(true);
        group.addMember().getEntity().setReference("Patient/" + member);
        return group;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
