package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A file or rows that cannot be sent to their end must not look whole. No other test fetches Schedules. */
@KeneyaIntegrationTest
class BrokenOffFilesIT {

    /** Three of them are more than is sent at once. */
    private static final int LETTERS = 900_000;

    private static final String VIEW = """
            {"resourceType":"Parameters","parameter":[{"name":"viewResource","resource":
              {"resourceType":"ViewDefinition","name":"x","status":"active","resource":"Schedule","select":
                [{"column":[{"name":"id","path":"getResourceKey()"},{"name":"comment","path":"comment"}]}]}}]}
            """;

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void breaksTheConnectionWhenARecordCannotBeReadAfterTheFirstBytes(String encoding) throws Exception {
        String child = writer.write(aChild(unique("record"))).getIdPart();
        for (int number = 0; number < 4; number++) {
            writer.write(aLongSchedule(child));
        }
        String damaged = writer.write(aLongSchedule(child)).getIdPart();
        Export export = new ExportClient(exchange).export("$export?_type=Schedule");
        String file = export.urls("output", "Schedule").get(0);

        change(damaged, "' ' || res_text_vc");
        try {
            assertThatThrownBy(() -> fetch(file, encoding)).isInstanceOf(IOException.class);
        } finally {
            change(damaged, "ltrim(res_text_vc)");
        }

        HttpResponse<byte[]> whole = fetch(file, encoding);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(export.ids("Schedule")).contains(damaged);
    }

    @Test
    void refusesPlainlyWhenNothingWasSentYet() throws Exception {
        String child = writer.write(aChild(unique("record"))).getIdPart();
        String damaged = writer.write(aLongSchedule(child)).getIdPart();
        Export export = new ExportClient(exchange).export("Patient/$export?_type=Schedule&patient=Patient/" + child);
        String file = export.urls("output", "Schedule").get(0);

        change(damaged, "' ' || res_text_vc");
        try {
            assertThat(fetch(file, "gzip").statusCode()).isEqualTo(500);
        } finally {
            change(damaged, "ltrim(res_text_vc)");
        }
    }

    @Test
    void breaksTheConnectionWhenRowsCannotBeMadeAfterTheFirstOnes() {
        String child = writer.write(aChild(unique("record"))).getIdPart();
        for (int number = 0; number < 4; number++) {
            writer.write(aLongSchedule(child));
        }
        String damaged = writer.write(aLongSchedule(child)).getIdPart();
        assertThat(exchange.post("$viewdefinition-run", VIEW).hasStatus(200).body())
                .contains(damaged);

        change(damaged, "'x' || res_text_vc");
        try {
            assertThatThrownBy(() -> exchange.post("$viewdefinition-run", VIEW))
                    .hasRootCauseInstanceOf(IOException.class);
        } finally {
            change(damaged, "substr(res_text_vc, 2)");
        }
    }

    private static Schedule aLongSchedule(String child) {
        Schedule schedule = new Schedule();
        schedule.addActor().setReference("Patient/" + child);
        // Letters that do not compress away, or a zipped file would be whole before its first bytes leave.
        StringBuilder comment = new StringBuilder(LETTERS);
        new Random(LETTERS).ints(LETTERS, 'a', 'z').forEach(letter -> comment.append((char) letter));
        schedule.setComment(comment.toString());
        return schedule;
    }

    private void change(String id, String text) {
        jdbc.sql("""
                        update hfj_res_ver set res_text_vc = %s
                        where res_id = (select res_id from hfj_resource where res_type = 'Schedule' and fhir_id = :id)
                        """.formatted(text)).param("id", id).update();
    }

    private static HttpResponse<byte[]> fetch(String file, String encoding) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(file))
                                .header("Accept-Encoding", encoding)
                                .build(),
                        BodyHandlers.ofByteArray());
    }
}
