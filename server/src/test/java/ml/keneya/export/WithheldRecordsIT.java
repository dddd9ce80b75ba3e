package ml.keneya.export;

import static ml.keneya.export.ExportClient.asynchronously;
import static ml.keneya.export.ExportedSite.id;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.export.pseudonymised.Pseudonymisation;
import ml.keneya.security.TestSystem;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the agency's warehouse gets nothing of, and how it is told to forget. */
@KeneyaIntegrationTest
class WithheldRecordsIT {

    private static final String QUERY = "$export?_type=Patient,Condition";

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RecordsAtMoment records;

    @Autowired
    HandedOnRecords handedOn;

    @Autowired
    Pseudonymisation pseudonymisation;

    ExportedSite site;
    String[] warehouse;
    ExportClient client;

    @BeforeEach
    void letThemIn() {
        site = new ExportedSite(exchange);
        warehouse = TestSystem.withRole(exchange, "agency").with("system/*.rs");
        client = new ExportClient(exchange, warehouse);
    }

    @Test
    @DisplayName("What was never in a file is not told of as deleted")
    void tellsOfNothingDeletedThatWasNeverHandedOn() {
        String child = id(site.created(aChild(unique("record"))));
        Condition changed = labelled(aCase(child, "2026-11-11"));
        String changedId = site.created(changed);
        String deleted = site.created(labelled(aCase(child, "2026-11-12")));
        Export first = client.export(QUERY);

        changed.setId(id(changedId));
        changed.addNote().setText("Suivi");
        exchange.put(changedId, changed, site.token()).hasStatus(200);
        exchange.delete(deleted, site.token()).hasStatus(200);
        String passing = site.created(aCase(child, "2026-11-13"));
        exchange.delete(passing, site.token()).hasStatus(200);
        Export next = client.export(QUERY + since(first));

        assertThat(next.deleted()).doesNotContain(pseudonym(changedId), pseudonym(deleted), pseudonym(passing));
    }

    @Test
    @DisplayName("A record that is older than its code in the table of sensitive codes is in no file")
    void leavesOutWhatWasStoredBeforeItsCodeWasSensitive() {
        String child = id(site.created(aChild(unique("record"))));
        Condition sick = aCase(child, "2026-11-11");
        sick.getCode().addCoding().setSystem("http://hl7.org/fhir/sid/icd-10").setCode("B05.9");
        String older = site.created(sick);
        jdbc.sql("""
                        update hfj_res_ver set res_text_vc = replace(res_text_vc, 'B05.9', 'B24')
                        where res_id = (select res_id from hfj_resource where res_type = 'Condition' and fhir_id = :id)
                        """).param("id", id(older)).update();

        assertThat(site.in(client.export(QUERY), "Condition")).isEmpty();
    }

    @Test
    @DisplayName("A label that was put after the moment counts")
    void leavesOutWhatWasLabelledAfterTheMoment() {
        String child = id(site.created(aChild(unique("record"))));
        Condition sick = aCase(child, "2026-11-11");
        String address = site.created(sick);
        String other = site.created(aCase(child, "2026-11-12"));
        sick.setId(id(address));
        exchange.put(address, labelled(sick), site.token()).hasStatus(200);
        long[] keys = Stream.of(address, other)
                .mapToLong(each -> records.keys("Condition", List.of(id(each))).get(0))
                .toArray();
        List<HandedOnRecords.Judged> judged = new ArrayList<>();
        records.readVersions(keys, new long[] {1, 1}, version -> judged.add(handedOn.judge(version)));

        assertThat(judged).hasSize(2).noneMatch(HandedOnRecords.Judged::labelled);
        assertThat(handedOn.withheld(judged)).containsExactly(keys[0]);
    }

    @Test
    @DisplayName("What is about a person whose own record bears a label goes with it, and comes back with it")
    void leavesOutWhatIsAboutALabelledPerson() {
        Patient person = aChild(unique("record"));
        String child = site.created(person);
        site.created(aCase(id(child), "2026-11-11"));
        Export first = client.export(QUERY);
        String sick =
                "Condition/" + site.in(first, "Condition").get(0).path("id").asText();

        person.setId(id(child));
        exchange.put(child, labelled(person), site.token()).hasStatus(200);
        Export second = client.export(QUERY + since(first));
        Export whole = client.export(QUERY);
        person.getMeta().getSecurity().clear();
        person.setActive(true);
        exchange.put(child, person, site.token()).hasStatus(200);
        Export third = client.export(QUERY + since(second));

        assertThat(second.deleted()).contains(sick, pseudonym(child));
        assertThat(site.in(whole, "Condition")).isEmpty();
        assertThat(whole.ids("Patient")).doesNotContain(id(pseudonym(child)));
        assertThat(site.in(third, "Condition"))
                .singleElement()
                .satisfies(record -> assertThat(sick).endsWith(record.path("id").asText()));
        assertThat(third.deleted()).doesNotContain(sick);
    }

    @Test
    @DisplayName("Three exports in preparation are enough for one client")
    void refusesAFourthExportInPreparation() {
        List<String> ids = new ArrayList<>();
        for (int each = 0; each < 3; each++) {
            ids.add(client.export("$export?_type=Organization").status().replaceFirst(".*=", ""));
        }
        jdbc.sql("""
                        update keneya.export_job set ready = false, claimed_until = now() + interval '1 hour'
                        where id = any(:ids::uuid[])
                        """).param("ids", ids.toArray(String[]::new)).update();

        Answer refused = exchange.get("$export?_type=Organization", asynchronously(warehouse))
                .isRefused(429, "ML-LIMITS-009");

        assertThat(refused.header("Retry-After")).hasValue("60");
        exchange.delete("$export-poll-status?_jobId=" + ids.get(0), warehouse).hasStatus(202);
        client.export("$export?_type=Organization");
    }

    private static String since(Export first) {
        return "&_since=" + URLEncoder.encode(first.transactionTime(), StandardCharsets.UTF_8);
    }

    private String pseudonym(String address) {
        return address.replaceFirst("/.*", "/")
                + pseudonymisation.begin().id(address.replaceFirst("/.*", ""), id(address));
    }

    private static <T extends Resource> T labelled(T record) {
        record.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null));
        return record;
    }

    private static Condition aCase(String child, String onset) {
        Condition sick = new Condition();
        sick.getSubject().setReference("Patient/" + child);
        sick.getClinicalStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
                .setCode("active");
        sick.getCode()
                .addCoding()
                .setSystem("https://keneya.ml/fhir/CodeSystem/ml-notifiable-disease")
                .setCode("measles");
        sick.setOnset(new DateTimeType(onset));
        return sick;
    }
}
