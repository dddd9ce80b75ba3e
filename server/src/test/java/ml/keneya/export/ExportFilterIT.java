package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.RECORD_NUMBER;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.Moment;
import ml.keneya.store.RecordWriter;
import ml.keneya.store.SearchesOfOneMoment;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code _typeFilter} chooses records as a search does, at the export's moment and no other. */
@KeneyaIntegrationTest
class ExportFilterIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    Moments moments;

    @Autowired
    SearchesOfOneMoment searches;

    ExportClient client;

    @BeforeEach
    void speak() {
        client = new ExportClient(exchange);
    }

    @Test
    void choosesWhatASearchFindsAndLeavesOtherTypesWhole() {
        String number = unique("record");
        String wanted = write(aChild(number));
        String other = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + other, "7.1"));

        Export export = client.export("$export?_type=Patient,Observation&_typeFilter="
                + encoded("Patient?identifier=" + RECORD_NUMBER + "|" + number));

        assertThat(export.ids("Patient")).containsExactly(wanted);
        assertThat(export.ids("Observation")).contains(weight);
    }

    @Test
    void takesSearchesOfOneTypeAsAlternativesAndParametersOfOneSearchTogether() {
        String girl = unique("girl");
        String boy = unique("boy");
        String third = unique("third");
        String ofGirl = write(aChild(girl));
        String ofBoy = write(aBoy(boy));
        write(aChild(third));
        String twice = "Patient?identifier=%s|%s&gender=female,Patient?identifier=%s|%s,%s|%s&gender=male"
                .formatted(RECORD_NUMBER, girl, RECORD_NUMBER, boy, RECORD_NUMBER, third);

        assertThat(client.export("$export?_type=Patient&_typeFilter=" + encoded(twice))
                        .ids("Patient"))
                .containsExactlyInAnyOrder(ofGirl, ofBoy);
    }

    @Test
    void goesByWhatARecordWasAtTheMomentWhateverBecomesOfItLater() {
        String corrected = unique("record");
        String id = write(aChild(corrected));
        String filter = encoded("Patient?gender=female&identifier=" + RECORD_NUMBER + "|" + corrected);

        String status = client.begin("$export?_type=Patient&_typeFilter=" + filter);
        Patient boy = aBoy(corrected);
        boy.setId(id);
        writer.write(boy);
        Export export = client.whenReady(status);
        Export later = client.export("$export?_type=Patient&_typeFilter=" + filter);

        assertThat(export.record("Patient", id).orElseThrow().path("gender").asText())
                .isEqualTo("female");
        assertThat(later.ids("Patient")).isEmpty();
    }

    /** Were the searches made a moment after the moment, the record would be chosen without being there. */
    @Test
    void findsNothingThatWasWrittenBetweenTheMomentAndTheSearch() {
        String before = unique("before");
        String between = unique("between");
        String there = write(aChild(before));
        String[] late = new String[1];

        SearchesOfOneMoment.Found found = searches.find(
                () -> {
                    Moment moment = moments.take();
                    late[0] = CompletableFuture.supplyAsync(() -> write(aChild(between)))
                            .join();
                    return moment;
                },
                Map.of(
                        "Patient",
                        List.of("Patient?identifier=%s|%s,%s|%s"
                                .formatted(RECORD_NUMBER, before, RECORD_NUMBER, between))));

        assertThat(late[0]).isNotEqualTo(there);
        assertThat(found.keys().get("Patient")).hasSize(1);
        assertThat(client.export("$export?_type=Patient&_typeFilter="
                                + encoded("Patient?identifier=" + RECORD_NUMBER + "|" + between))
                        .ids("Patient"))
                .containsExactly(late[0]);
    }

    @Test
    void bringsSinceTheLastExportOnlyChangesThatMeetTheFilterAndAllDeletions() {
        String number = unique("record");
        String old = write(aChild(number));
        String deleted = write(aChild(unique("record")));
        Export first = client.export("$export?_type=Patient");
        exchange.delete("Patient/" + deleted).hasStatus(200);
        String boy = write(aBoy(unique("record")));
        String girl = write(aChild(unique("record")));

        Export next = client.export("$export?_type=Patient&_typeFilter=" + encoded("Patient?gender=female") + "&_since="
                + encoded(first.transactionTime()));

        assertThat(next.ids("Patient")).contains(girl).doesNotContain(boy, old);
        assertThat(next.deleted()).contains("Patient/" + deleted);
    }

    @Test
    void choosesAmongTheRecordsOfThePeopleThatAreNamed() {
        String child = write(aChild(unique("record")));
        String other = write(aChild(unique("record")));
        String weight = write(weightOf("Patient/" + child, "7.1"));
        write(weightOf("Patient/" + other, "7.1"));

        Export export = client.export("Patient/$export?_type=Observation,Patient&patient=Patient/" + child
                + "&_typeFilter=" + encoded("Observation?code=29463-7") + "&_typeFilter="
                + encoded("Patient?gender=male"));

        assertThat(export.ids("Observation")).containsExactly(weight);
        assertThat(export.ids("Patient")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?nonsense=1",
                "Patient?gender=female&_sort=birthdate",
                "Patient?_include=Patient:organization",
                "Patient?",
                "Patient",
                "Observation?code=1",
                "Patient?general-practitioner.nonsense=1"
            })
    void refusesWhatCannotChooseRecords(String filter) {
        exchange.get("$export?_type=Patient&_typeFilter=" + encoded(filter), ASYNC)
                .isRefused(400, "ML-EXPORT-008");
    }

    @Test
    void refusesToSearchInThePast() {
        String then = client.export("$export?_type=Patient").transactionTime();

        exchange.get(
                        "$export?_type=Patient&_typeFilter=" + encoded("Patient?gender=female") + "&_until="
                                + encoded(then),
                        ASYNC)
                .isRefused(400, "ML-EXPORT-008")
                .says("_until");
    }

    private String write(Patient patient) {
        return writer.write(patient).getIdPart();
    }

    private String write(org.hl7.fhir.r4.model.Observation observation) {
        return writer.write(observation).getIdPart();
    }

    private static Patient aBoy(String recordNumber) {
        Patient boy = aChild(recordNumber);
        boy.setGender(AdministrativeGender.MALE);
        return boy;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
