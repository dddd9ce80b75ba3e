package ml.keneya.load.generate.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** Writes JSON with the idioms of FHIR, token by token, so that a record costs no tree. */
public final class FhirJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    /** @param separator between one document and the next */
    private FhirJson(JsonGenerator out, String separator) {
        this.out = out;
        out.setPrettyPrinter(new MinimalPrettyPrinter(separator));
    }

    /** One document a line; the caller writes the last line's end. */
    public static FhirJson lines(OutputStream target) {
        try {
            return new FhirJson(JSON.createGenerator(target), "\n");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    private FhirJson write(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public FhirJson object() {
        return write(out::writeStartObject);
    }

    public FhirJson object(String field) {
        return write(() -> out.writeObjectFieldStart(field));
    }

    public FhirJson array(String field) {
        return write(() -> out.writeArrayFieldStart(field));
    }

    public FhirJson end() {
        return write(() -> {
            if (out.getOutputContext().inArray()) {
                out.writeEndArray();
            } else {
                out.writeEndObject();
            }
        });
    }

    public FhirJson text(String field, String value) {
        return write(() -> out.writeStringField(field, value));
    }

    public FhirJson element(String value) {
        return write(() -> out.writeString(value));
    }

    public FhirJson flag(String field, boolean value) {
        return write(() -> out.writeBooleanField(field, value));
    }

    public FhirJson whole(String field, long value) {
        return write(() -> out.writeNumberField(field, value));
    }

    /** A decimal given in tenths: 76 becomes 7.6, and 80 becomes 8. */
    FhirJson tenths(String field, int tenths) {
        int whole = tenths / 10;
        int rest = tenths % 10;
        return write(() -> {
            out.writeFieldName(field);
            out.writeNumber(rest == 0 ? Integer.toString(whole) : whole + "." + rest);
        });
    }

    /** A decimal as it was published. */
    FhirJson decimal(String field, String digits) {
        return write(() -> {
            out.writeFieldName(field);
            out.writeNumber(digits);
        });
    }

    FhirJson coding(String field, String system, String code, String display) {
        object(field).text("system", system).text("code", code);
        if (!display.isEmpty()) {
            text("display", display);
        }
        return end();
    }

    private void coding(String system, String code) {
        object().text("system", system).text("code", code).end();
    }

    /** A concept with one code, and words when there are any. */
    FhirJson concept(String field, String system, String code, String words) {
        object(field);
        inside(system, code, words);
        return end();
    }

    /** The same as an element of an array. */
    FhirJson concept(String system, String code, String words) {
        object();
        inside(system, code, words);
        return end();
    }

    private void inside(String system, String code, String words) {
        if (!code.isEmpty()) {
            array("coding");
            coding(system, code);
            end();
        }
        if (!words.isEmpty()) {
            text("text", words);
        }
    }

    FhirJson words(String field, String words) {
        return object(field).text("text", words).end();
    }

    FhirJson reference(String field, String reference) {
        return object(field).text("reference", reference).end();
    }

    FhirJson reference(String field, String reference, String display) {
        return object(field)
                .text("reference", reference)
                .text("display", display)
                .end();
    }

    FhirJson extensionCode(String name, String code) {
        return object().text("url", Systems.extension(name))
                .text("valueCode", code)
                .end();
    }

    FhirJson extensionConcept(String name, String codes, String code, String words) {
        object().text("url", Systems.extension(name));
        concept("valueCodeableConcept", Systems.codes(codes), code, words);
        return end();
    }

    public FhirJson date(String field, int day) {
        return text(field, date(day));
    }

    /** Mali keeps UTC all year. */
    FhirJson moment(String field, int day, int minute) {
        return text(field, moment(day, minute));
    }

    public static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    static String moment(int day, int minute) {
        int later = day + Math.floorDiv(minute, 1440);
        int rest = Math.floorMod(minute, 1440);
        return date(later) + "T" + two(rest / 60) + ":" + two(rest % 60) + ":00+00:00";
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** Hands everything to the target. */
    public void flush() {
        write(out::flush);
    }
}
