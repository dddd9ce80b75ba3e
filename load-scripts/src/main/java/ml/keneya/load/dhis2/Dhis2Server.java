package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.Exchange.Submission;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.UnreachableException;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;

/**
 * The import of data values of DHIS2, {@code POST /api/dataValueSets} (DHIS2 documentation, Developer, Web API, "Data
 * values", sections "Sending data values" and "Import parameters").
 *
 * <p>Values are told apart by data element, period, organisation unit and option combination, so a request whose answer
 * was lost is sent again without harm.
 */
final class Dhis2Server {
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    private final Exchange server;
    private final Destination destination;
    private final boolean dryRun;

    Dhis2Server(Exchange server, Destination destination, boolean dryRun) {
        this.server = server;
        this.destination = destination;
        this.dryRun = dryRun;
    }

    /** A value to be stored, or, with what it was, to be deleted. */
    record Sending(ValueKey key, long value) {}

    /** What came of a request. */
    sealed interface Reply permits Imported, TooLarge, Failed {
        /** Whether the values may be there whatever the last answer says. */
        boolean maybeStored();
    }

    record Imported(ImportSummary summary, boolean maybeStored) implements Reply {}

    /** A part of the values may pass. */
    record TooLarge(boolean maybeStored) implements Reply {}

    record Failed(ExplainedException reason, boolean maybeStored) implements Reply {}

    Reply store(EpidemiologicalWeek week, List<Sending> values) {
        return send(week, values, "CREATE_AND_UPDATE");
    }

    Reply delete(EpidemiologicalWeek week, List<Sending> values) {
        return send(week, values, "DELETE");
    }

    private Reply send(EpidemiologicalWeek week, List<Sending> values, String strategy) {
        Submission submission;
        try {
            submission = server.submit(
                    address(strategy),
                    body(week, values),
                    Map.of("Content-Type", "application/json", "Accept", "application/json"));
        } catch (UnreachableException unreachable) {
            return new Failed(PushException.ofDhis2(unreachable), true);
        }
        // A second try may meet a login page or an expired token after the first was stored and its answer lost.
        Answer answer = submission.answer();
        boolean again = submission.again();
        // A 409 carries a summary as well: some values were taken, and others not.
        Optional<ImportSummary> summary = ImportSummary.in(answer.document());
        if (summary.isPresent()) {
            return new Imported(summary.get(), again);
        }
        return answer.status() == PAYLOAD_TOO_LARGE && values.size() > 1
                ? new TooLarge(again)
                : failed(week, answer, again);
    }

    private static Failed failed(EpidemiologicalWeek week, Answer answer, boolean again) {
        int status = answer.status();
        String key = switch (status) {
            case 401 -> "dhis2.http-401";
            case 403 -> "dhis2.http-403";
            case 404 -> "dhis2.http-404";
            case 301, 302, 303, 307, 308 -> "dhis2.http-redirect";
            case PAYLOAD_TOO_LARGE -> "dhis2.http-413";
            default -> status >= SERVER_ERROR ? "dhis2.http-broken" : "dhis2.http-other";
        };
        boolean broken = status >= SERVER_ERROR || answer.isSuccess();
        int exitStatus = broken ? ExitStatus.UNREACHABLE : ExitStatus.REFUSED;
        String words = answer.document().path("message").asText();
        PushException reason = concernsAllWeeks(answer)
                ? new PushException(exitStatus, null, key, status, words)
                : new WeekException(week, exitStatus, null, key, status, words);
        return new Failed(reason, again || broken || !isRefusedUnread(status));
    }

    /** What is no answer of DHIS2, or lets nothing in, answers the next week in the same way. */
    private static boolean concernsAllWeeks(Answer answer) {
        return answer.isSuccess()
                || switch (answer.status()) {
                    case 301, 302, 303, 307, 308, 401, 403, 404 -> true;
                    default -> false;
                };
    }

    /** Statuses with which nobody has begun to store. */
    private static boolean isRefusedUnread(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308, 400, 401, 403, 404, PAYLOAD_TOO_LARGE, 415 -> true;
            default -> false;
        };
    }

    private URI address(String strategy) {
        String scheme = destination.idScheme();
        return server.base()
                .under("api/dataValueSets?"
                        + String.join(
                                "&",
                                List.of(
                                        "dataElementIdScheme=" + scheme,
                                        "orgUnitIdScheme=" + scheme,
                                        "categoryOptionComboIdScheme=" + scheme,
                                        "dataSetIdScheme=" + scheme,
                                        "importStrategy=" + URLEncoder.encode(strategy, StandardCharsets.UTF_8),
                                        "dryRun=" + dryRun,
                                        "async=false")));
    }

    private byte[] body(EpidemiologicalWeek week, List<Sending> values) {
        ObjectNode set = Json.object().put("dataSet", destination.dataSet());
        ArrayNode list = set.putArray("dataValues");
        for (Sending each : values) {
            ObjectNode value = list.addObject()
                    .put("dataElement", each.key().dataElement())
                    .put("period", period(week))
                    .put("orgUnit", each.key().orgUnit())
                    // Also where it is to be deleted: a data value without value is a conflict (E7618).
                    .put("value", Long.toString(each.value()));
            if (!each.key().optionCombo().isEmpty()) {
                value.put("categoryOptionCombo", each.key().optionCombo());
            }
        }
        return set.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As DHIS2 writes weeks from Monday to Sunday: without a zero, {@code 2026W3}. */
    static String period(EpidemiologicalWeek week) {
        return week.year() + "W" + week.number();
    }
}
