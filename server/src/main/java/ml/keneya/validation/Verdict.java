package ml.keneya.validation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * What validation says of what was sent: the reasons to refuse it, and what its sender should know although it is kept.
 */
public final class Verdict {

    /** More would only be read once these are mended. */
    private static final int MOST_SHOWN = 20;

    private final List<Finding> errors;
    private final List<Finding> others;

    Verdict(List<Finding> errors, List<Finding> others) {
        this.errors = folded(errors);
        this.others = folded(others);
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

    /** This verdict and further findings on the same record. */
    Verdict with(List<Finding> further) {
        if (further.isEmpty()) {
            return this;
        }
        return new Verdict(
                Stream.concat(errors.stream(), further.stream().filter(Finding::isError))
                        .toList(),
                Stream.concat(others.stream(), further.stream().filter(finding -> !finding.isError()))
                        .toList());
    }

    /** All of them, those that refuse first. */
    List<Finding> findings() {
        return Stream.concat(errors.stream(), others.stream()).toList();
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
        Stream<OperationOutcomeIssueComponent> shown =
                others.stream().limit(MOST_SHOWN).map(finding -> finding.asRemark(language));
        return Stream.concat(
                        shown,
                        more(others)
                                .map(more -> Outcomes.issueOf(more, language).setSeverity(IssueSeverity.INFORMATION)))
                .toList();
    }

    public List<Refusal> refusals() {
        return Stream.concat(errors.stream().limit(MOST_SHOWN).map(Finding::asRefusal), more(errors))
                .toList();
    }

    private static Stream<Refusal> more(List<Finding> findings) {
        return findings.size() <= MOST_SHOWN
                ? Stream.empty()
                : Stream.of(Refusal.of(RefusalCode.MORE_FINDINGS, findings.size() - MOST_SHOWN));
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

    /** One finding for each fault, whoever asks for it and however often it stands, the most decisive first. */
    private static List<Finding> folded(List<Finding> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(Finding::fault, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Finding::folded)
                .sorted(Comparator.comparing(Finding::kind)
                        .thenComparing(finding -> finding.facts().isEmpty()))
                .toList();
    }
}
