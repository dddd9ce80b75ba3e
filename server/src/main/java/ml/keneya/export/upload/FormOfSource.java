package ml.keneya.export.upload;

import java.util.Locale;
import java.util.Set;
import ml.keneya.export.upload.OpensSources.SourceException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Tells by what a source says of its answer whether it can be a file of lines. The page of a gate before the network,
 * or of a server that answers 200 to everything, would otherwise fill the quarantine line by line.
 */
final class FormOfSource {

    /** Those of lines, and those that servers give to names that they do not know. */
    private static final Set<String> LINES = Set.of(
            "",
            "application/fhir+ndjson",
            "application/ndjson",
            "application/x-ndjson",
            "application/fhir+json",
            "application/json",
            "application/octet-stream",
            "binary/octet-stream",
            "text/plain");

    private static final Set<String> ZIPPED = Set.of("application/gzip", "application/x-gzip");

    private static final Set<String> ENCODINGS = Set.of("", "identity", "gzip", "x-gzip");

    private FormOfSource() {}

    /** @throws SourceException when it is no file of lines, or nobody could tell whether all of it has come */
    static void check(ClassicHttpResponse answer, HttpEntity body) throws SourceException {
        String type = type(answer);
        if (!LINES.contains(type) && !ZIPPED.contains(type)) {
            throw new SourceException("Content-Type " + shown(type), true);
        }
        String encoding = encoding(answer);
        if (!ENCODINGS.contains(encoding)) {
            throw new SourceException("Content-Encoding " + shown(encoding), true);
        }
        if (body.getContentLength() < 0 && !body.isChunked()) {
            // It ends where the connection does: half a file would look like a whole one.
            throw new SourceException("Content-Length ?", true);
        }
    }

    static boolean isZipped(ClassicHttpResponse answer) {
        return encoding(answer).endsWith("gzip") || ZIPPED.contains(type(answer));
    }

    private static String type(ClassicHttpResponse answer) {
        return valueOf(answer, "Content-Type").replaceFirst(";.*", "").strip();
    }

    private static String encoding(ClassicHttpResponse answer) {
        return valueOf(answer, "Content-Encoding").strip();
    }

    private static String valueOf(ClassicHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? ""
                : header.getValue().toLowerCase(Locale.ROOT);
    }

    private static String shown(String value) {
        return AllowedSources.shown(value.replaceAll("[^\\w/+*., -]", "?"));
    }
}
