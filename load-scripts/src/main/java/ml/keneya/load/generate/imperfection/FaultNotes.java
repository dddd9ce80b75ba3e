package ml.keneya.load.generate.imperfection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.fhir.VisitFault;
import ml.keneya.load.generate.fhir.Written;

/** Writes down each fault that was put in: what it is, where, and what the exchange should do about it. */
public final class FaultNotes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FhirJson json = FhirJson.lines(bytes);
    private final SortedMap<String, Long> counts = new TreeMap<>();

    private void note(String fault, String expected, Consumer<FhirJson> details) {
        counts.merge(fault, 1L, Long::sum);
        json.object().text("fault", fault).text("expected", expected);
        details.accept(json);
        json.end();
    }

    /** @param written all records of one person, the right one first */
    public void persons(List<Written> written) {
        Written first = written.get(0);
        String given = first.person().given().text();
        String family = first.person().family().text();
        if (!first.given().equals(given) || !first.family().equals(family)) {
            note(
                    "misspelt-name",
                    "accepted",
                    note -> note.text("patient", first.uuid())
                            .text("written", first.given() + " " + first.family())
                            .text("true", given + " " + family));
        }
        if (!first.withPhone() && hasPhone(first)) {
            note("missing-phone", "accepted", note -> note.text("patient", first.uuid()));
        }
        if (!first.withAddress()) {
            note("missing-address", "accepted", note -> note.text("patient", first.uuid()));
        }
        for (Written second : written.subList(1, written.size())) {
            note(
                    "duplicate-person",
                    "accepted",
                    note -> note.text("patient", second.uuid())
                            .text("recordNumber", second.number())
                            .text("of", first.uuid())
                            .text("written", second.given() + " " + second.family())
                            .text("true", given + " " + family)
                            .flag("phone", second.withPhone() && hasPhone(second))
                            .flag("papers", second.withPapers()));
        }
    }

    /** A number that nobody has cannot be missing. */
    private static boolean hasPhone(Written written) {
        return written.person().phone() != null || written.household().phone() != null;
    }

    public void visit(VisitFault fault, String encounter, String record, String submission) {
        String expected = fault.isRefused() ? "refused" : "accepted";
        note(
                fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                expected,
                note -> note.text("encounter", encounter).text("record", record).text("submission", submission));
    }

    public void late(String submission, int ready, int sent) {
        note(
                "late-bundle",
                "accepted",
                note -> note.text("submission", submission).date("ready", ready).date("sent", sent));
    }

    public void sentAgain(String submission, int again) {
        note(
                "re-sent-bundle",
                "replayed",
                note -> note.text("submission", submission).date("sent", again));
    }

    public SortedMap<String, Long> counts() {
        return counts;
    }

    public byte[] bytes() {
        if (counts.isEmpty()) {
            return new byte[0];
        }
        json.flush();
        bytes.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
