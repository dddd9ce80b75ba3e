package ml.keneya.export;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import ml.keneya.store.RawVersion;

/**
 * Makes the record that clients see out of the stored bytes, without parsing them: what HAPI keeps beside the resource
 * is put back in its place.
 */
final class SplicesRecords {

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private static final byte[] META = bytes(",\"meta\":{");
    private static final byte[] EMPTY = bytes("}");

    private SplicesRecords() {}

    /**
     * Writes the record, without the end of the line.
     *
     * @throws IllegalStateException when the stored text does not begin as HAPI writes it; to guess would be to damage
     */
    static void write(RawVersion version, ByteArrayOutputStream line) {
        byte[] json = version.json();
        byte[] head = bytes("{\"resourceType\":\"" + version.resourceType() + "\"");
        if (!begins(json, 0, head)) {
            throw new IllegalStateException("Record " + version.resourceType() + "/" + version.id() + " version "
                    + version.version() + " is not stored as expected.");
        }
        line.write(json, 0, head.length);
        put(
                line,
                ",\"id\":\"" + version.id() + "\",\"meta\":{\"versionId\":\"" + version.version()
                        + "\",\"lastUpdated\":\"" + INSTANT.format(version.lastUpdated()) + "\"");
        if (version.source() != null) {
            put(line, ",\"source\":\"");
            byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(version.source());
            line.write(quoted, 0, quoted.length);
            put(line, "\"");
        }
        int rest = head.length;
        if (begins(json, rest, META)) {
            rest += META.length;
            if (!begins(json, rest, EMPTY)) {
                put(line, ",");
            }
        } else {
            put(line, "}");
        }
        line.write(json, rest, json.length - rest);
    }

    private static boolean begins(byte[] json, int from, byte[] expected) {
        int to = from + expected.length;
        return to <= json.length && Arrays.equals(json, from, to, expected, 0, expected.length);
    }

    private static void put(ByteArrayOutputStream line, String text) {
        byte[] bytes = bytes(text);
        line.write(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
