package ml.keneya.validation;

import java.util.List;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * What validation says of what was sent: the reasons to refuse it, and what its sender should know although it is kept.
 */
public final class Verdict {

    private final List<Finding> errors;
    private final List<Finding> others;

    Verdict(List<Finding> errors, List<Finding> others) {
        this.errors = List.copyOf(errors);
        this.others = List.copyOf(others);
    }

    static Verdict nothingToSay() {
        return new Verdict(List.of(), List.of());
    }

    /** One verdict over several resources of the same bundle. */
    public static Verdict of(List<Verdict> parts) {
        return new Verdict(
                parts.stream().flatMap(part -> part.errors.stream()).toList(),
                parts.stream().flatMap(part -> part.others.stream()).toList());
    }

    public boolean refuses() {
        return !errors.isEmpty();
    }

    /**
     * The verdict on its own, as {@code $validate} gives it.
     *
     * @param before what would be refused before the validator is asked
     */
    OperationOutcome outcome(List<Refusal> before, Language language) {
        List<Refusal> all = Stream.concat(before.stream(), refusals().stream()).toList();
        OperationOutcome outcome = Outcomes.of(all, language);
        remarks(language).forEach(outcome::addIssue);
        if (!outcome.hasIssue()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics(Outcomes.message("validation.nothing-to-say", language));
        }
        return outcome;
    }

    /** Warnings, and, under the policy "report", the errors that did not refuse. */
    public List<OperationOutcomeIssueComponent> remarks(Language language) {
        return others.stream().map(finding -> finding.asRemark(language)).toList();
    }

    public List<Refusal> refusals() {
        return errors.stream().map(Finding::asRefusal).toList();
    }

    public void throwIfRefused(Language language) {
        if (refuses()) {
            throw new RefusedException(refusals(), remarks(language));
        }
    }

    /** The same findings as warnings: what the policy "report" makes of errors. */
    Verdict onlyReported() {
        return new Verdict(
                List.of(), Stream.concat(errors.stream(), others.stream()).toList());
    }
}
