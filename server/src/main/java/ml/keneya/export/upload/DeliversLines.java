package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.InnerRequests.InnerAnswer;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.intake.MomentaryStatus;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the lines of one upload through the door that every bundle uses, many at once. Lines that are refused there
 * are delivered again, each alone, so that they are kept for correction one by one and not with their neighbours.
 */
final class DeliversLines {

    private static final String FHIR_JSON = "application/fhir+json";
    static final String KEY = "Idempotency-Key";
    private static final int MOST_TRIES = 4;

    /** The same may be accepted a moment later. */
    private static final Set<Integer> MOMENTARY = Set.of(409, 429, 500, 502, 503);

    /** These have a status of the former and stay. */
    private static final Set<String> LASTING =
            Set.of(RefusalCode.STILL_REFERENCED.id(), RefusalCode.TOO_MANY_CLAIMS.id());

    /** Nothing can be stored now, whatever the line says; other faults are the line's own if they stay. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(429, 502, 503);

    /** Whoever may not deliver one line may deliver none. */
    private static final Set<Integer> OF_THE_CALLER = Set.of(401, 403);

    private final InnerRequests requests;
    private final FhirContext context;
    private final Sender sender;
    private final ImportSummary summary = new ImportSummary();

    DeliversLines(InnerRequests requests, FhirContext context, Sender sender) {
        this.requests = requests;
        this.context = context;
        this.sender = sender;
    }

    /**
     * Whose lines they are.
     *
     * @param base the address of the exchange that the sender knows
     * @param language as {@code Accept-Language} says it; null when it was not said
     * @param name of the whole, so that nothing of it is done twice; null when its content alone tells
     */
    record Sender(
            String base,
            Caller caller,
            @Nullable String language,
            @Nullable String name) {}

    ImportSummary summary() {
        return summary;
    }

    void deliver(List<UploadedLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        InnerAnswer answer = untilSettled(
                lines.get(0), LinesAsBatch.of(lines), "from-" + lines.get(0).number(), true);
        List<BundleEntryComponent> entries = answer.status() < 300 ? entriesIn(answer) : List.of();
        for (int index = 0; index < lines.size(); index++) {
            if (index < entries.size() && isStored(entries.get(index))) {
                summary.accept();
            } else {
                deliverAlone(lines.get(index));
            }
        }
    }

    /** A line that is refused, that is a delivery of its own, or that nobody can read. */
    void deliverAlone(UploadedLine line) {
        byte[] body = line.standsAlone() ? line.text() : LinesAsBatch.of(List.of(line));
        InnerAnswer answer = untilSettled(line, body, "line-" + line.number(), false);
        OperationOutcome why = refusalIn(answer);
        if (why == null) {
            summary.accept();
        } else {
            locate(why, line);
            summary.refuse(line, answer.headers().get("Keneya-Quarantine"), why);
        }
    }

    void leaveOut(UploadedLine line, long megabytes) {
        OperationOutcome why = new OperationOutcome();
        why.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.TOOLONG)
                .setDiagnostics(Outcomes.message("import.line-too-long", language(), megabytes));
        summary.refuse(line, null, why);
    }

    private InnerAnswer untilSettled(UploadedLine first, byte[] body, String part, boolean probing) {
        Map<String, String> headers = headers(part);
        String base = sender.base();
        Caller caller = sender.caller();
        for (int tries = 1; ; tries++) {
            InnerAnswer answer = probing
                    ? requests.probe(base, headers, body, caller)
                    : requests.deliver(base, headers, body, caller);
            if (OF_THE_CALLER.contains(answer.status())) {
                OperationOutcome why = refusalIn(answer);
                throw new RefusedException(
                        List.of(Refusal.of(RefusalCode.FORBIDDEN)), why == null ? List.of() : why.getIssue());
            }
            if (!isMomentary(answer)) {
                return answer;
            }
            if (tries == MOST_TRIES) {
                if (!foundTheServerUnable(answer, probing)) {
                    // One line must not stop the others: alone it says what is wrong, or goes in after all.
                    return answer;
                }
                throw new RefusedException(Refusal.of(RefusalCode.IMPORT_STOPPED, first.number(), summary.accepted()));
            }
            pause(tries, first);
        }
    }

    /** @param probing whether lines that were not stored are delivered again, each alone */
    private boolean foundTheServerUnable(InnerAnswer answer, boolean probing) {
        // A batch is accepted whatever becomes of its entries; of a line alone its entry tells.
        return OF_THE_SERVER.contains(answer.status())
                || !probing
                        && answer.status() < 300
                        && entriesIn(answer).stream()
                                .map(entry -> entry.getResponse().getOutcome())
                                .anyMatch(outcome -> outcome instanceof OperationOutcome why && isOfTheServer(why));
    }

    private static boolean isOfTheServer(OperationOutcome why) {
        return MomentaryStatus.isOfTheServer(
                why.getIssueFirstRep().getDetails().getCodingFirstRep().getCode());
    }

    private Map<String, String> headers(String part) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", FHIR_JSON);
        headers.put("Accept", FHIR_JSON);
        if (sender.language() != null) {
            headers.put("Accept-Language", sender.language());
        }
        if (sender.name() != null) {
            headers.put(KEY, sender.name() + "#" + part);
        }
        return headers;
    }

    private boolean isMomentary(InnerAnswer answer) {
        if (answer.status() >= 300) {
            return MOMENTARY.contains(answer.status()) && !staysRefused(refusalIn(answer));
        }
        return entriesIn(answer).stream()
                .anyMatch(entry -> MOMENTARY.contains(statusOf(entry))
                        && !(entry.getResponse().getOutcome() instanceof OperationOutcome why && staysRefused(why)));
    }

    /** A deletion of what others refer to, or too many people of others for one day: nothing that passes soon. */
    private static boolean staysRefused(@Nullable OperationOutcome why) {
        return why != null
                && why.getIssue().stream()
                        .flatMap(issue -> issue.getDetails().getCoding().stream())
                        .anyMatch(coding -> LASTING.contains(coding.getCode()));
    }

    private List<BundleEntryComponent> entriesIn(InnerAnswer answer) {
        IBaseResource body = context.newJsonParser().parseResource(answer.body());
        // A transaction that was accepted has no entries that were not.
        return body instanceof Bundle bundle && bundle.getType() == BundleType.BATCHRESPONSE
                ? bundle.getEntry()
                : List.of();
    }

    /** Why it was refused; null when it was not. */
    private @Nullable OperationOutcome refusalIn(InnerAnswer answer) {
        if (answer.status() >= 300) {
            return context.newJsonParser().parseResource(answer.body()) instanceof OperationOutcome outcome
                    ? outcome
                    : new OperationOutcome();
        }
        OperationOutcome refused = new OperationOutcome();
        entriesIn(answer).stream()
                .filter(entry -> !isStored(entry))
                .map(entry -> entry.getResponse().getOutcome())
                .filter(OperationOutcome.class::isInstance)
                .forEach(outcome ->
                        ((OperationOutcome) outcome).getIssue().forEach(issue -> refused.addIssue(issue.copy())));
        boolean allStored = entriesIn(answer).stream().allMatch(DeliversLines::isStored);
        return allStored ? null : refused;
    }

    /** Its place in the bundle that we made of it says nothing to who sent the line. */
    private static void locate(OperationOutcome why, UploadedLine line) {
        if (line.resourceType() == null || line.standsAlone()) {
            return;
        }
        why.getIssue()
                .forEach(issue -> issue.setExpression(issue.getExpression().stream()
                        .map(place -> new StringType(place.getValue()
                                .replaceFirst("^Bundle\\.entry\\[0](\\.resource)?", line.resourceType())))
                        .toList()));
    }

    private static boolean isStored(BundleEntryComponent entry) {
        return statusOf(entry) < 300;
    }

    /** For example of {@code 201 Created}. */
    private static int statusOf(BundleEntryComponent entry) {
        return Integer.parseInt(entry.getResponse().getStatus().replaceAll("\\D.*", ""));
    }

    private Language language() {
        return Language.accepted(sender.language());
    }

    private void pause(int tries, UploadedLine first) {
        try {
            TimeUnit.SECONDS.sleep(tries);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.of(RefusalCode.IMPORT_STOPPED, first.number(), summary.accepted()));
        }
    }
}
