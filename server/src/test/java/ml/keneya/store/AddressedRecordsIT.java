package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import ml.keneya.store.AddressedRecords.Sent;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What opens a record to a service is found by the record, and nothing else of what was sent is read for it. */
@KeneyaIntegrationTest
class AddressedRecordsIT {

    private static final Set<String> PATHS = Set.of("ServiceRequest.performer", "Task.owner");

    @Autowired
    Exchange exchange;

    @Autowired
    AddressedRecords addressed;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource source;

    private final String facility = unique("cscom");
    private final String code = unique("service");
    private final Organization service = withId(new Organization().setName("Plateau d’essai"));
    private final Patient child = withId(aChild(unique("record")));
    private final Observation weight = withId(weightOf("Patient/" + idOf(child), "9.5"));
    private final Observation other = withId(weightOf("Patient/" + idOf(child), "9.7"));
    private final ServiceRequest request = aRequest(weight);
    private final ServiceRequest another = aRequest(other);

    @BeforeEach
    void sendTwoRequests() {
        service.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(code);
        put(service, child, weight, other, request, another);
    }

    @Test
    void findsByTheRecordWhatLeadsToIt() {
        assertThat(found(weight)).containsExactly(keyOf(request));
        assertThat(found(request)).containsExactly(keyOf(request));
        assertThat(found(child)).containsExactlyInAnyOrder(keyOf(request), keyOf(another));
        assertThat(found(withId(new Observation()))).isEmpty();
        assertThat(addressed.to(unique("service"), PATHS, Set.of(keyOf(weight))))
                .isEmpty();
    }

    @Test
    void findsWhatLeadsToAFileByItsDocument() {
        Binary file = withId(new Binary().setContentType("text/plain"));
        file.setData(new byte[] {'a'});
        DocumentReference document = withId(new DocumentReference().setStatus(DocumentReferenceStatus.CURRENT));
        document.setSubject(new Reference("Patient/" + idOf(child)));
        document.addContent().getAttachment().setUrl("Binary/" + idOf(file)).setContentType("text/plain");
        request.addSupportingInfo(new Reference("DocumentReference/" + idOf(document)));
        put(file, document, request);

        assertThat(found(file)).containsExactly(keyOf(request));
        assertThat(found(document)).containsExactly(keyOf(request));
    }

    @Test
    void forgetsWhereARequestLedBefore() {
        request.setReasonReference(List.of(new Reference("Observation/" + idOf(other))));
        put(request);

        assertThat(found(weight)).isEmpty();
        assertThat(found(other)).containsExactlyInAnyOrder(keyOf(request), keyOf(another));

        exchange.delete("ServiceRequest/" + idOf(another)).hasStatus(200);
        assertThat(found(other)).containsExactly(keyOf(request));
        request.setPerformer(null);
        put(request);
        assertThat(found(other)).isEmpty();
    }

    @Test
    void findsWhatWasStoredBeforeItLooked() throws SQLException {
        jdbc.sql("delete from keneya.sent_reference where source_id = :request")
                .param("request", idOf(request))
                .update();
        assertThat(found(weight)).isEmpty();

        String migration = Exchange.resource("/db/migration/V141__find_what_was_sent.sql");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(migration.substring(migration.indexOf("do $$")));
        }

        assertThat(found(weight)).containsExactly(keyOf(request));
    }

    private List<RecordId> found(Resource record) {
        return addressed.to(code, PATHS, Set.of(keyOf(record))).stream()
                .map(Sent::id)
                .toList();
    }

    private ServiceRequest aRequest(Observation reason) {
        ServiceRequest asked = withId(new ServiceRequest()
                .setStatus(ServiceRequestStatus.ACTIVE)
                .setIntent(ServiceRequestIntent.ORDER)
                .setSubject(new Reference("Patient/" + idOf(child)))
                .setAuthoredOn(new DateTimeType("2026-11-11T10:30:00Z").getValue()));
        asked.getCode().setText("Avis dermatologique");
        asked.addReasonReference(new Reference("Observation/" + idOf(reason)));
        asked.addPerformer(new Reference("Organization/" + idOf(service)));
        return asked;
    }

    private void put(Resource... records) {
        for (Resource record : records) {
            exchange.post(transaction(putting(record)), facility).hasStatus(200);
        }
    }

    private static <T extends Resource> T withId(T record) {
        record.setId(UUID.randomUUID().toString());
        return record;
    }

    private static String idOf(Resource record) {
        return record.getIdElement().getIdPart();
    }

    private static RecordId keyOf(Resource record) {
        return new RecordId(record.fhirType(), idOf(record));
    }
}
