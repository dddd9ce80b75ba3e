package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import ml.keneya.fhir.StreamedBodies;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code $upload}: a large bundle in pieces, as tus 1.0.0 says. */
@KeneyaIntegrationTest
class UploadsIT {

    private static final int PIECE = 100;

    @Autowired
    Exchange exchange;

    @Autowired
    Uploads uploads;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String recordNumber = unique("record");
    private final byte[] bundle = bytesOf(transaction(creating(aChild(recordNumber))));

    @Test
    void takesABundleInPiecesForOneDelivery() {
        String address = begun(bundle, Map.of());

        Answer last = sendFrom(address, 0, bundle);

        assertThat(last.header("Upload-Offset")).hasValue(String.valueOf(bundle.length));
        assertThat(outcomeOf(last).getEntryFirstRep().getResponse().getStatus()).isEqualTo("200");
        assertThat(children()).isEqualTo(1);
        // Who has not heard the last answer asks, and sends nothing again.
        assertThat(head(address).hasStatus(200).header("Content-Location")).isEqualTo(last.header("Content-Location"));
    }

    @Test
    void inflatesWhatCameAsGzip() throws IOException {
        byte[] zipped = zipped(bundle);
        String address = begun(zipped, Map.of("encoding", "gzip", "sha256", Submission.sha256(zipped)));

        Answer last = sendFrom(address, 0, zipped);

        assertThat(outcomeOf(last).getEntryFirstRep().getResponse().getStatus()).isEqualTo("200");
        assertThat(children()).isEqualTo(1);
    }

    /** The link breaks in the middle of a piece, and the sender is switched off: it only has the bundle. */
    @Test
    void keepsWhatHasArrivedOfAPieceThatBroke() throws IOException {
        Map<String, String> announced = Map.of("sha256", Submission.sha256(bundle));
        String address = begun(bundle, announced);
        breakOff(address, 250);
        String again = begun(bundle, announced);
        assertThat(again).isEqualTo(address);
        long arrived = offsetOf(head(again).hasStatus(200));
        assertThat(arrived).isBetween(1L, 250L);

        Answer last = sendFrom(again, (int) arrived, bundle);

        assertThat(outcomeOf(last).getEntryFirstRep().getResponse().getStatus()).isEqualTo("200");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void countsOnceWhatIsUploadedTwice() {
        String key = unique("key");

        outcomeOf(sendFrom(begun(bundle, Map.of(), "Idempotency-Key", key), 0, bundle));
        outcomeOf(sendFrom(begun(bundle, Map.of(), "Idempotency-Key", key), 0, bundle));
        Answer posted = exchange.post(
                "", new String(bundle, StandardCharsets.UTF_8), "Keneya-Facility", facility, "Idempotency-Key", key);

        assertThat(posted.hasStatus(200).header("Keneya-Replayed")).hasValue("true");
        assertThat(children()).isEqualTo(1);
    }

    @Test
    void explainsARefusalAsWhenItIsPosted() {
        byte[] empty = bytesOf(transaction());

        Bundle outcome = outcomeOf(sendFrom(begun(empty, Map.of()), 0, empty));

        assertThat(outcome.getEntryFirstRep().getResponse().getStatus()).isEqualTo("422");
        OperationOutcome why =
                (OperationOutcome) outcome.getEntryFirstRep().getResponse().getOutcome();
        assertThat(RefusalCodes.decisive(why)).isEqualTo("ML-INTAKE-001");
        assertThat(exchange.get("$quarantine?facility=" + facility).entries()).hasSize(1);
    }

    @Test
    void refusesAPieceThatDoesNotFollow() {
        String address = begun(bundle, Map.of());
        patch(address, 0, Arrays.copyOf(bundle, 100)).hasStatus(204);

        patch(address, 0, Arrays.copyOf(bundle, 100)).isRefused(409, "ML-INTAKE-022");
        patch(address, 50, Arrays.copyOf(bundle, 100)).isRefused(409, "ML-INTAKE-022");
        patch(address, 100, Arrays.copyOf(bundle, bundle.length)).isRefused(409, "ML-INTAKE-022");

        assertThat(offsetOf(head(address))).isEqualTo(100);
    }

    @Test
    void givesUpWhatIsNotWhatWasAnnounced() {
        String address = begun(bundle, Map.of("sha256", "0".repeat(64)));

        patch(address, 0, bundle).isRefused(422, "ML-INTAKE-024");

        head(address).hasStatus(404);
        assertThat(children()).isZero();
    }

    @Test
    void givesUpWhatDoesNotInflate() {
        String address = begun(bundle, Map.of("encoding", "gzip"));

        patch(address, 0, bundle).isRefused(400, "ML-FHIR-001");

        head(address).hasStatus(404);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        exchange.send("POST", "$upload", "text/plain", BodyPublishers.noBody(), "Upload-Length", "10")
                .isRefused(412, "ML-FHIR-011");
        begin("-1", Map.of()).isRefused(400, "ML-FHIR-018");
        begin("0", Map.of()).isRefused(400, "ML-FHIR-001");
        begin("20000000", Map.of()).isRefused(413, "ML-FHIR-008");
        begin("10", Map.of("sha256", "x")).isRefused(400, "ML-FHIR-018");
        begin("10", Map.of("filetype", "text/html")).isRefused(400, "ML-FHIR-018");
        exchange.send("PATCH", begun(bundle, Map.of()), "text/plain", BodyPublishers.ofString("a"), tus())
                .isRefused(415, "ML-FHIR-007");
        exchange.send("GET", "$upload?id=" + unique("x"), "text/plain", BodyPublishers.noBody(), tus())
                .isRefused(405, "ML-FHIR-010");
    }

    @Test
    void saysWhatItCan() {
        Answer options = exchange.send("OPTIONS", "$upload", "text/plain", BodyPublishers.noBody());

        assertThat(options.header("Tus-Version")).hasValue("1.0.0");
        assertThat(options.header("Tus-Extension")).hasValue("creation,expiration,termination");
        assertThat(options.header("Tus-Max-Size")).hasValue(String.valueOf(10 * 1024 * 1024));
    }

    @Test
    void endsAnUploadThatNobodyWantsAnyMore() {
        String address = begun(bundle, Map.of());

        exchange.send("DELETE", address, "text/plain", BodyPublishers.noBody(), tus())
                .hasStatus(204);

        head(address).hasStatus(404);
    }

    @Test
    void forgetsWhatNobodyFinishes() {
        String address = begun(bundle, Map.of());
        patch(address, 0, Arrays.copyOf(bundle, 100)).hasStatus(204);
        jdbc.sql("update keneya.upload set expires_at = now() - interval '1 second' where facility = :facility")
                .param("facility", facility)
                .update();

        head(address).hasStatus(404);
        uploads.forgetExpired();

        assertThat(jdbc.sql("select count(*) from keneya.upload where facility = :facility")
                        .param("facility", facility)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void letsNoSenderFillTheDisk() {
        for (int open = 0; open < IntakeLimits.OPEN_UPLOADS; open++) {
            begun(bundle, Map.of());
        }

        begin("10", Map.of()).isRefused(429, "ML-INTAKE-023");
    }

    @Test
    void showsASiteNothingOfAnothersUploads() {
        String[] own = with(TestSystem.ofSite(exchange, facility).withAll());
        String[] other = with(TestSystem.ofSite(exchange, unique("cscom")).withAll());
        String address = exchange.send(
                        "POST", "$upload", "text/plain", BodyPublishers.noBody(), with(own, "Upload-Length", "10"))
                .hasStatus(201)
                .header("Location")
                .orElseThrow();

        exchange.send("HEAD", address, "text/plain", BodyPublishers.noBody(), own)
                .hasStatus(200);
        exchange.send("HEAD", address, "text/plain", BodyPublishers.noBody(), other)
                .hasStatus(404);
        exchange.send("DELETE", address, "text/plain", BodyPublishers.noBody(), other)
                .isRefused(404, "ML-INTAKE-021");
        exchange.send(
                        "PATCH",
                        address,
                        StreamedBodies.PIECE,
                        BodyPublishers.ofString("a"),
                        with(other, "Upload-Offset", "0"))
                .isRefused(404, "ML-INTAKE-021");
        // Whose token allows less than everything could have more done later than it may do.
        exchange.send(
                        "POST",
                        "$upload",
                        "text/plain",
                        BodyPublishers.noBody(),
                        with(
                                with(TestSystem.ofSite(exchange, facility).with("system/Patient.c")),
                                "Upload-Length",
                                "10"))
                .hasStatus(403);
    }

    private Answer begin(String length, Map<String, String> metadata, String... headers) {
        List<String> values = new ArrayList<>();
        metadata.forEach((name, value) ->
                values.add(name + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return exchange.send(
                "POST",
                "$upload",
                "text/plain",
                BodyPublishers.noBody(),
                with(with(tus(), headers), "Upload-Length", length, "Upload-Metadata", String.join(",", values)));
    }

    private String begun(byte[] bytes, Map<String, String> metadata, String... headers) {
        return begin(String.valueOf(bytes.length), metadata, headers)
                .hasStatus(201)
                .header("Location")
                .orElseThrow();
    }

    private Answer sendFrom(String address, int offset, byte[] bytes) {
        for (int at = offset; ; at += PIECE) {
            int end = Math.min(bytes.length, at + PIECE);
            Answer answer =
                    patch(address, at, Arrays.copyOfRange(bytes, at, end)).hasStatus(204);
            if (end == bytes.length) {
                return answer;
            }
        }
    }

    private Answer patch(String address, int offset, byte[] piece) {
        return exchange.send(
                "PATCH",
                address,
                StreamedBodies.PIECE,
                BodyPublishers.ofByteArray(piece),
                with(tus(), "Upload-Offset", String.valueOf(offset)));
    }

    private Answer head(String address) {
        return exchange.send("HEAD", address, "text/plain", BodyPublishers.noBody(), tus());
    }

    private static long offsetOf(Answer answer) {
        return Long.parseLong(answer.header("Upload-Offset").orElseThrow());
    }

    /** Announces the whole, sends a part and resets the connection. */
    private void breakOff(String address, int sent) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String head = "PATCH " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: " + StreamedBodies.PIECE + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0"
                    + "\r\nKeneya-Facility: " + facility + "\r\nContent-Length: " + bundle.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bundle, 0, sent);
            socket.shutdownOutput();
            // The exchange has dealt with it when it lets go of the connection.
            socket.getInputStream().readAllBytes();
        }
    }

    private Bundle outcomeOf(Answer last) {
        String status = last.header("Content-Location").orElseThrow();
        Answer answer = exchange.get(status, "Keneya-Facility", facility);
        while (answer.status() == 202) {
            answer = exchange.get(status, "Keneya-Facility", facility);
        }
        return answer.hasStatus(200).bundle();
    }

    private String[] tus() {
        return new String[] {"Tus-Resumable", "1.0.0", "Keneya-Facility", facility};
    }

    private static String[] with(String[] headers, String... more) {
        Stream<String> all = Stream.concat(Stream.of(headers), Stream.of(more));
        boolean named = List.of(headers).contains("Tus-Resumable");
        return (named ? all : Stream.concat(Stream.of("Tus-Resumable", "1.0.0"), all)).toArray(String[]::new);
    }

    private int children() {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + recordNumber)
                .entries()
                .size();
    }

    private static byte[] bytesOf(Bundle bundle) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(bundle)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }
}
