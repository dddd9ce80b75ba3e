package ml.keneya.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.r4.model.Parameters;

/** Brings a code system as {@code ./keneya terminology load} does: pieces of facts, a fact a line. */
public record Upload(Exchange exchange, String system, String version, String digest) {

    private static final String NDJSON = "application/fhir+ndjson";

    public Answer begin(String... headers) {
        return send(0, "", headers);
    }

    public Answer piece(int number, String facts) {
        return send(number, facts);
    }

    public Answer complete(int pieces) {
        return post("&piece=" + pieces + "&complete=true", "");
    }

    /** All of it in one piece. */
    public void whole(String facts) {
        begin().hasStatus(200);
        piece(1, facts).hasStatus(200);
        complete(1).hasStatus(200);
    }

    public static int piecesIn(Answer answer) {
        return Integer.parseInt(answer.hasStatus(200)
                .as(Parameters.class)
                .getParameter("pieces")
                .getValue()
                .primitiveValue());
    }

    private Answer send(int number, String facts, String... headers) {
        return post("&piece=" + number, facts, headers);
    }

    private Answer post(String more, String facts, String... headers) {
        String path = "CodeSystem/$load-concepts?system=" + encoded(system) + "&version=" + encoded(version) + "&title="
                + encoded("Système d’essai") + "&language=en&digest=" + digest + more;
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Encoding";
        all[headers.length + 1] = "gzip";
        return exchange.send("POST", path, NDJSON, BodyPublishers.ofByteArray(zipped(facts)), all);
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
