package ml.keneya.export;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
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

    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;
    private static final int NANOSECONDS_OF_A_MILLISECOND = 1_000_000;

    private static final byte[] TEMPLATE = bytes("0000-00-00T00:00:00.000+00:00");
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
                        + "\",\"lastUpdated\":\"");
        putInstant(line, version.lastUpdated());
        line.write('"');
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

    /** As {@link #INSTANT} does, which takes longer than all the rest of a record. */
    private static void putInstant(ByteArrayOutputStream line, Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            put(line, INSTANT.format(instant));
            return;
        }
        byte[] text = TEMPLATE.clone();
        putDigits(text, 3, time.getYear());
        putDigits(text, 6, time.getMonthValue());
        putDigits(text, 9, time.getDayOfMonth());
        putDigits(text, 12, time.getHour());
        putDigits(text, 15, time.getMinute());
        putDigits(text, 18, time.getSecond());
        putDigits(text, 22, time.getNano() / NANOSECONDS_OF_A_MILLISECOND);
        line.write(text, 0, text.length);
    }

    /** The last digit goes to the place {@code last}; there are zeros already. */
    private static void putDigits(byte[] text, int last, int number) {
        int place = last;
        for (int left = number; left > 0; left /= 10) {
            text[place--] = (byte) ('0' + left % 10);
        }
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
