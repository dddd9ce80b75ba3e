package ml.keneya.export;

import static ml.keneya.export.ExportClient.asynchronously;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A site's system takes its own stock along and brings another, with the rights that it has record by record. */
@KeneyaIntegrationTest
class ExportsOfSitesIT {

    private static final String NDJSON = "application/fhir+ndjson";
    private static final String QUERY = "$export?_type=Patient,Observation,Task,Organization";

    private final String here = unique("cscom");

    @Autowired
    Exchange exchange;

    String[] us;
    String[] them;

    @BeforeEach
    void twoSites() {
        us = TestSystem.ofSite(exchange, here).withAll();
        them = TestSystem.ofSite(exchange, unique("cscom")).withAll();
    }

    @Test
    @DisplayName("Z11: a site exports its own records and the people it treats, and nothing of others")
    void z11_exportsItsOwnAndNothingOfOthers() {
        String ours = created(aChild(unique("record")), us);
        String weight = created(weightOf(ours, "9.5"), us);
        String task = created(aTaskFor(ours), us);
        String theirs = created(aChild(unique("record")), them);
        String theirWeight = created(weightOf(theirs, "8.5"), them);
        created(aTaskFor(theirs), them);

        Export export = new ExportClient(exchange, us).export(QUERY);

        assertThat(export.ids("Patient")).containsExactly(id(ours));
        assertThat(export.ids("Observation")).containsExactly(id(weight));
        assertThat(export.count("Observation")).isOne();
        assertThat(export.ids("Task")).containsExactly(id(task));
        assertThat(export.record("Patient", id(ours)).orElseThrow().toString()).contains("Traoré");
        assertThat(export.manifest().toString()).doesNotContain(id(theirs), id(theirWeight));

        exchange.delete(weight, us).hasStatus(200);
        exchange.delete(theirWeight, them).hasStatus(200);
        created(weightOf(theirs, "8.7"), them);
        String another = created(weightOf(ours, "9.7"), us);
        Export next = new ExportClient(exchange, us)
                .export(QUERY + "&_since=" + URLEncoder.encode(export.transactionTime(), StandardCharsets.UTF_8));

        assertThat(next.deleted()).containsExactly(weight);
        assertThat(next.ids("Observation")).containsExactly(id(another));
    }

    @Test
    @DisplayName("Z11: of a person whom two sites treat, no site hears by which other her record came")
    void z11_keepsFromASiteByWhichOtherARecordCame() {
        String nina = "1" + Math.abs(unique("nina").hashCode()) + "00000000000000";
        Patient child = aChild(unique("record"));
        child.addIdentifier().setSystem("https://keneya.ml/id/nina").setValue(nina.substring(0, 14) + "A");
        String first = created(child, us);
        Export before = new ExportClient(exchange, them).export("$export?_type=Patient");
        Patient again = aChild(unique("record"));
        again.addIdentifier().setSystem("https://keneya.ml/id/nina").setValue(nina.substring(0, 14) + "A");
        created(again, them);

        Export export = new ExportClient(exchange, them).export("$export?_type=Patient");

        assertThat(export.lines("Patient"))
                .singleElement()
                .asString()
                .contains(id(first))
                .doesNotContain("/" + here + "\"");
        // Nobody wrote her record since, and yet it is new to them.
        Export next = new ExportClient(exchange, them)
                .export("$export?_type=Patient&_since="
                        + URLEncoder.encode(before.transactionTime(), StandardCharsets.UTF_8));
        assertThat(before.ids("Patient")).isEmpty();
        assertThat(next.ids("Patient")).containsExactly(id(first));
    }

    @Test
    @DisplayName("Z11: a site exports the members of its own groups whom it treats, and knows no group of others")
    void z11_exportsItsOwnGroupsOnly() {
        String ours = created(aChild(unique("record")), us);
        String ourWeight = created(weightOf(ours, "9.5"), us);
        String alone = created(aChild(unique("record")), us);
        String theirs = created(aChild(unique("record")), them);
        created(weightOf(theirs, "8.5"), them);
        // Over its own door it could not name whom it does not treat.
        Group mixed = groupOf(ours, theirs);
        String group = UUID.randomUUID().toString();
        mixed.setId(group);
        exchange.post(transaction(putting(mixed)), here).hasStatus(200);
        String theirGroup = id(created(groupOf(theirs), them));
        String members = "/$export?_type=Patient,Observation";

        Export export = new ExportClient(exchange, us).export("Group/" + group + members);

        assertThat(export.ids("Patient")).containsExactly(id(ours)).doesNotContain(id(alone));
        assertThat(export.ids("Observation")).containsExactly(id(ourWeight));
        exchange.get("Group/" + theirGroup + members, asynchronously(us)).isRefused(404, "ML-FHIR-004");
        exchange.get("Group/" + unique("nobody") + members, asynchronously(us)).isRefused(404, "ML-FHIR-004");
    }

    private static Group groupOf(String... members) {
        Group group = new Group().setType(GroupType.PERSON).setActual(true);
        for (String member : members) {
            group.addMember().getEntity().setReference(member);
        }
        return group;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$export?_typeFilter=Observation%3Fcode%3Dx",
                "$export?organizeOutputBy=Patient",
                "$export?includeAssociatedData=RelevantProvenanceResources"
            })
    @DisplayName("Z11: a site chooses nothing by what others recorded")
    void z11_choosesNothingByWhatOthersRecorded(String query) {
        exchange.get(query, asynchronously(us)).isRefused(403, "ML-EXPORT-013");
    }

    @Test
    @DisplayName("Z11: people take no stock along, of a site or of the agency, whatever their application may ask for")
    void z11_isForSystemsOnly() {
        TestApp app = TestApp.with(exchange, "user/*.rs");
        TestPerson nurse = TestPerson.ready(exchange, "site", Map.of("facility", here));
        TestPerson officer = TestPerson.ready(exchange, "agency", Map.of());

        for (TestPerson person : List.of(nurse, officer)) {
            exchange.get("$export", asynchronously(app.tokenOf(person, "user/*.rs")))
                    .isRefused(403, "ML-FHIR-101")
                    .says("system/*.rs");
        }
    }

    @Test
    @DisplayName("What a site imports is its own")
    void importsAsItsOwn() {
        String ours = created(aChild(unique("record")), us);
        String lines = exchange.json(weightOf(ours, "9.7")) + "\n" + exchange.json(weightOf(ours, "9.8")) + "\n";

        Answer answer = imported(lines, us).hasStatus(200);

        assertThat(number(answer, "accepted")).isEqualTo("2");
        Export export = new ExportClient(exchange, us).export(QUERY);
        assertThat(export.lines("Observation")).hasSize(2).allMatch(line -> line.contains("\"" + here + "\""));
    }

    @Test
    @DisplayName("A line is judged like an entry of a bundle: nobody else's record is written, and no registry")
    void writesNothingOfOthersByImport() {
        String theirs = created(aChild(unique("record")), them);
        String theirWeight = created(weightOf(theirs, "8.5"), them);
        Resource changed = weightOf(created(aChild(unique("record")), us), "1.1");
        changed.setId(id(theirWeight));

        assertThat(number(imported(exchange.json(changed) + "\n", us).hasStatus(200), "refused"))
                .isEqualTo("1");
        assertThat(exchange.get(theirWeight, them).body()).contains("8.5");
        Organization cscom = new Organization();
        cscom.setName("CSCom d’essai");
        imported(exchange.json(cscom) + "\n", us).isRefused(403, "ML-FHIR-013").says("create Organization");
    }

    @Test
    @DisplayName("The administrator imports the registry and nobody's record")
    void letsTheAdministratorImportTheRegistryOnly() {
        String[] administrator = TestSystem.withRole(exchange, "administrator").withAll();
        Organization cscom = new Organization();
        cscom.setName("CSCom d’essai");
        cscom.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(unique("cscom"));

        assertThat(number(imported(exchange.json(cscom) + "\n", administrator).hasStatus(200), "accepted"))
                .isEqualTo("1");
        imported(exchange.json(aChild(unique("record"))) + "\n", administrator).isRefused(403, "ML-FHIR-013");
    }

    @Test
    @DisplayName("A site has nothing fetched: what lies at a listed address may be another's")
    void hasNothingFetchedForASite() {
        exchange.post("$import", exchange.json(new Parameters()), asynchronously(us))
                .isRefused(403, "ML-FHIR-013");
        String[] reads = TestSystem.ofSite(exchange, here).with("system/*.rs");
        imported("{}\n", reads).isRefused(403, "ML-FHIR-101");
        for (String role : List.of("agency", "auditor", "social", "expert-hub")) {
            imported("{}\n", TestSystem.withRole(exchange, role).withAll()).isRefused(403, "ML-FHIR-100");
        }
    }

    private static Task aTaskFor(String person) {
        Task task = new Task();
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER).setFor(new Reference(person));
        task.getCode()
                .addCoding()
                .setSystem("https://keneya.ml/fhir/CodeSystem/ml-task-type")
                .setCode("birth-registration");
        return task;
    }

    private Answer imported(String lines, String[] by) {
        return exchange.send("POST", "$import", NDJSON, BodyPublishers.ofString(lines), by);
    }

    private static String number(Answer answer, String name) {
        return answer.as(Parameters.class).getParameter(name).getValue().primitiveValue();
    }

    private String created(Resource record, String[] by) {
        Answer answer = exchange.create(record, by);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.header("Location")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "")
                .replaceFirst("/_history/.*", "");
    }

    private static String id(String address) {
        return address.replaceFirst(".*/", "");
    }
}
