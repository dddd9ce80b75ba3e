package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import ml.keneya.store.RecordStored.Operation;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@KeneyaIntegrationTest
class StoredRecordsIT {

    private static final Extension MASKED =
            new Extension("http://hl7.org/fhir/StructureDefinition/data-absent-reason", new CodeType("masked"));

    @Autowired
    Exchange exchange;

    @Autowired
    StoredVersions versions;

    @Autowired
    RecordWriter writer;

    @Autowired
    Flushing flushing;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void streamsWhatWasWritten() {
        IIdType child = writer.write(aChild(unique("record")));
        writer.write(renamed(child, "Awa Aminata"));
        IIdType gone = writer.write(aChild(unique("record")));
        exchange.delete("Patient/" + gone.getIdPart()).hasStatus(200);

        List<StoredVersion> read = new ArrayList<>();
        ChangePosition position = versions.streamCurrent(List.of("Patient"), read::add);

        assertThat(read)
                .filteredOn(version -> version.id().equals(child.getIdPart()))
                .hasSize(1)
                .allSatisfy(version -> {
                    assertThat(version.version()).isEqualTo(2);
                    assertThat(version.json()).contains("Awa Aminata");
                    assertThat(version.isDeletion()).isFalse();
                });
        assertThat(read).noneMatch(version -> version.id().equals(gone.getIdPart()));
        assertThat(position.transactionId()).isGreaterThan(lastTransactionOf(child.getIdPart()));
    }

    /** As the profiles show it (nina-withheld, icd-10-code-withheld): an extension says why there is no value. */
    @Test
    void keepsWhatIsWithheld() {
        Patient person = aChild(unique("record"));
        Identifier withheld = person.addIdentifier().setSystem("https://keneya.ml/id/nina");
        withheld.getValueElement().addExtension(MASKED.copy());
        String id = exchange.create(person).hasStatus(201).as(Patient.class).getIdPart();
        exchange.put("Patient/" + id, person.setId("Patient/" + id)).hasStatus(200);
        exchange.post(transaction(creating(person)), unique("cscom")).hasStatus(200);

        Condition diagnosis = new Condition();
        diagnosis.getSubject().setReference("Patient/" + id);
        diagnosis
                .getCode()
                .setText("Information retenue")
                .addCoding()
                .setSystem("http://hl7.org/fhir/sid/icd-10")
                .getCodeElement()
                .addExtension(MASKED.copy());
        exchange.create(diagnosis).hasStatus(201);
    }

    @Test
    void streamsOnlyTheTypesAskedFor() {
        writer.write(aChild(unique("record")));

        List<StoredVersion> read = new ArrayList<>();
        versions.streamCurrent(List.of("ValueSet"), read::add);

        assertThat(read).isNotEmpty().extracting(StoredVersion::resourceType).containsOnly("ValueSet");
    }

    @Test
    void findsAnOldVersion() {
        IIdType child = writer.write(aChild(unique("record")));
        writer.write(renamed(child, "Aminata"));

        assertThat(versions.find("Patient", child.getIdPart(), 1))
                .hasValueSatisfying(
                        version -> assertThat(version.json()).contains("Awa").doesNotContain("Aminata"));
        assertThat(versions.find("Patient", child.getIdPart(), 2))
                .hasValueSatisfying(version -> assertThat(version.json()).contains("Aminata"));
        assertThat(versions.find("Patient", child.getIdPart(), 3)).isEmpty();
        assertThat(versions.find("Patient", unique("nobody"), 1)).isEmpty();
    }

    @Test
    void findsADeletionAsAVersionWithoutContent() {
        IIdType child = writer.write(aChild(unique("record")));
        exchange.delete("Patient/" + child.getIdPart()).hasStatus(200);

        assertThat(versions.find("Patient", child.getIdPart(), 2))
                .hasValueSatisfying(version -> assertThat(version.isDeletion()).isTrue());
    }

    @Test
    void logsEachVersionWithItsNumber() {
        IIdType child = writer.write(aChild(unique("record")));
        writer.write(renamed(child, "Aminata"));
        exchange.delete("Patient/" + child.getIdPart()).hasStatus(200);

        assertThat(changesOf(child.getIdPart())).containsExactly("CREATE 1", "UPDATE 2", "DELETE 3");
    }

    @Test
    void logsNothingForAnUpdateThatChangesNothing() {
        Patient child = aChild(unique("record"));
        child.setId(unique("patient"));
        exchange.put("Patient/" + child.getIdPart(), child).hasStatus(201);

        exchange.put("Patient/" + child.getIdPart(), child).hasStatus(200);

        assertThat(changesOf(child.getIdPart())).containsExactly("CREATE 1");
    }

    @Test
    void answersThatADeletedRecordIsGoneInFrench() {
        IIdType child = writer.write(aChild(unique("record")));
        String path = "Patient/" + child.getIdPart();
        exchange.delete(path).hasStatus(200);

        exchange.get(path).isRefused(410, "ML-FHIR-005").says("a été supprimée").says(path);
        exchange.get(path + "/$everything").isRefused(410, "ML-FHIR-005");
        exchange.get(path, "Accept-Language", "en").says("was deleted");
        assertThat(exchange.get(path + "/_history/1")
                        .hasStatus(200)
                        .as(Patient.class)
                        .getNameFirstRep()
                        .getFamily())
                .isEqualTo("Traoré");
    }

    @Test
    void bringsADeletedRecordBackAsANewVersion() {
        IIdType child = writer.write(aChild(unique("record")));
        exchange.delete("Patient/" + child.getIdPart()).hasStatus(200);

        writer.write(renamed(child, "Aminata"));

        assertThat(changesOf(child.getIdPart())).containsExactly("CREATE 1", "DELETE 2", "UPDATE 3");
        exchange.get("Patient/" + child.getIdPart()).hasStatus(200);
    }

    @Test
    void bringsADeletedRecordThatPointsToAnotherBackAsTheNextVersion() {
        IIdType child = writer.write(aChild(unique("record")));
        Observation weight = weightOf("Patient/" + child.getIdPart(), "7.1");
        weight.setId(unique("weight"));
        String path = "Observation/" + weight.getIdPart();
        exchange.put(path, weight).hasStatus(201);
        exchange.delete(path).hasStatus(200);
        weight.setValue(weight.getValueQuantity().setValue(8));

        exchange.put(path, weight).hasStatus(201);

        assertThat(changesOf(weight.getIdPart())).containsExactly("CREATE 1", "DELETE 2", "UPDATE 3");
        exchange.get(path + "/_history/3").hasStatus(200);
    }

    @Test
    void saysWhichKindOfRecordCannotBeDeletedBeforeOthers() {
        IIdType child = writer.write(aChild(unique("record")));
        writer.write(weightOf("Patient/" + child.getIdPart(), "7.1"));

        exchange.delete("Patient/" + child.getIdPart()).isRefused(409, "ML-FHIR-043");
    }

    @Test
    void tellsOfEachRecordInOrderBeforeItIsCommitted() {
        String facility = unique("cscom");
        String child = Records.aPlaceholder();
        Bundle visit = transaction(
                creating(child, aChild(unique("record"))),
                creating(weightOf(child, "7.1")),
                creating(weightOf(child, "7.2")));
        List<RecordStored> told = new ArrayList<>();
        List<Boolean> insideTransaction = new ArrayList<>();

        List<Answer> answers = new ArrayList<>();
        whileListening(
                stored -> {
                    told.add(stored);
                    insideTransaction.add(TransactionSynchronizationManager.isActualTransactionActive()
                            && changesOf(stored.id()).contains(stored.operation() + " " + stored.version()));
                },
                () -> answers.add(exchange.post(visit, facility).hasStatus(200)));

        List<String> locations = answers.get(0).entries().stream()
                .map(entry -> entry.getResponse().getLocation())
                .toList();
        assertThat(told)
                .filteredOn(stored -> locations.contains(locationOf(stored)))
                .extracting(StoredRecordsIT::locationOf)
                .containsExactlyElementsOf(locations);
        assertThat(told).extracting(RecordStored::operation).contains(Operation.CREATE);
        assertThat(insideTransaction).isNotEmpty().containsOnly(true);
    }

    @Test
    void undoesAWriteWhoseListenerFails() {
        String recordNumber = unique("record");

        whileListening(
                stored -> {
                    throw new IllegalStateException("Nothing may be kept that a listener could not take in.");
                },
                () -> assertThatThrownBy(() -> writer.write(aChild(recordNumber)))
                        .isInstanceOf(RuntimeException.class));

        assertThat(exchange.get("Patient?identifier=" + recordNumber).entries()).isEmpty();
        assertThat(jdbc.sql("""
                                select count(*) from keneya.change c
                                where not exists (select 1 from hfj_resource r where r.fhir_id = c.resource_id)
                                """).query(Integer.class).single()).isZero();
    }

    @Test
    void undoesAWriteThatLeftNoContent() {
        String recordNumber = unique("record");

        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    IIdType child = writer.write(aChild(recordNumber));
                    flushing.now();
                    loseTheContentOf(child.getIdPart());
                }))
                .hasMessageContaining("no content");

        assertThat(exchange.get("Patient?identifier=" + recordNumber).entries()).isEmpty();
    }

    private void loseTheContentOf(String id) {
        int versionsLost = jdbc.sql("""
                        delete from hfj_res_ver history using hfj_resource record
                        where record.res_id = history.res_id and record.fhir_id = :id
                        """).param("id", id).update();
        assertThat(versionsLost).isOne();
    }

    private void whileListening(Consumer<RecordStored> listener, Runnable work) {
        ApplicationListener<ApplicationEvent> registered = event -> {
            if (event instanceof PayloadApplicationEvent<?> told && told.getPayload() instanceof RecordStored stored) {
                listener.accept(stored);
            }
        };
        ApplicationEventMulticaster multicaster = context.getBean(ApplicationEventMulticaster.class);
        multicaster.addApplicationListener(registered);
        try {
            work.run();
        } finally {
            multicaster.removeApplicationListener(registered);
        }
    }

    private static Patient renamed(IIdType id, String given) {
        Patient child = aChild("record of " + id.getIdPart());
        child.setId(id.getIdPart());
        child.getNameFirstRep().getGiven().get(0).setValue(given);
        return child;
    }

    private static String locationOf(RecordStored stored) {
        return stored.resourceType() + "/" + stored.id() + "/_history/" + stored.version();
    }

    private List<String> changesOf(String id) {
        return jdbc.sql("select operation || ' ' || version from keneya.change where resource_id = :id order by seq")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private long lastTransactionOf(String id) {
        return jdbc.sql("select max(transaction_id::text::bigint) from keneya.change where resource_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }
}
