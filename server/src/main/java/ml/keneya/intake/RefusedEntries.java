package ml.keneya.intake;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import ml.keneya.fhir.RefusalCode;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.jspecify.annotations.Nullable;

/** Reads from the answer to a batch which of its entries were not stored. */
final class RefusedEntries {

    private RefusedEntries() {}

    /** The issues of entries that were refused for what is in them, each with its place; without those that read. */
    static OperationOutcome of(Bundle sent, Bundle answer) {
        return in(answer, index -> !ReadEntries.isRead(sent.getEntry().get(index)));
    }

    /** The same when what was sent is not at hand. */
    static OperationOutcome in(Bundle answer) {
        return in(answer, index -> true);
    }

    private static OperationOutcome in(Bundle answer, IntPredicate isWrite) {
        OperationOutcome outcome = new OperationOutcome();
        IntStream.range(0, answer.getEntry().size())
                .filter(isWrite)
                .forEach(index -> issuesOf(answer.getEntry().get(index), index).forEach(outcome::addIssue));
        return outcome;
    }

    /** Whether another try may store more: the database was away, or another try was running. */
    static boolean someMayBeTriedAgain(Bundle answer) {
        return answer.getEntry().stream().anyMatch(RefusedEntries::mayBeTriedAgain);
    }

    static boolean mayBeTriedAgain(BundleEntryComponent answer) {
        return MomentaryStatus.is(statusOf(answer), codeOf(answer));
    }

    /** Whether the database was away, busy or full for an entry. */
    static boolean someFoundTheServerUnable(Bundle answer) {
        return answer.getEntry().stream().anyMatch(entry -> MomentaryStatus.isOfTheServer(codeOf(entry)));
    }

    private static List<OperationOutcomeIssueComponent> issuesOf(BundleEntryComponent answer, int index) {
        // What was accepted and whose answer is no longer kept needs no correction.
        boolean refused = KeepsRefusedDeliveries.isForItsContent(statusOf(answer))
                && !RefusalCode.ANSWER_FORGOTTEN.id().equals(codeOf(answer));
        if (!refused || !(answer.getResponse().getOutcome() instanceof OperationOutcome outcome)) {
            return List.of();
        }
        List<OperationOutcomeIssueComponent> issues = outcome.copy().getIssue();
        issues.stream()
                .filter(issue -> !issue.hasExpression())
                .forEach(issue -> issue.addExpression("Bundle.entry[" + index + "]"));
        return issues;
    }

    private static @Nullable String codeOf(BundleEntryComponent answer) {
        return answer.getResponse().getOutcome() instanceof OperationOutcome outcome
                ? RefusalCodes.decisive(outcome)
                : null;
    }

    /** For example of {@code 201 Created}. */
    private static int statusOf(BundleEntryComponent answer) {
        return Integer.parseInt(answer.getResponse().getStatus().replaceAll("\\D.*", ""));
    }
}
