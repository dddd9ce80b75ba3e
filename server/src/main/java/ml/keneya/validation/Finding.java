package ml.keneya.validation;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * One thing the validator says of one element, or of several that have the same fault.
 *
 * @param name the stable name of what is wrong: the validator's name of the message, or profile and key of a rule;
 *     empty where the validator has none
 * @param places FHIRPath of the elements, from the top of what was sent
 * @param text what is wrong, in the language of the request
 * @param facts what was found and what may stand there, in the same language; empty when the text says it
 * @param remedy what to do before sending again
 * @param page where to read more
 */
record Finding(
        ResultSeverityEnum severity,
        String name,
        Kind kind,
        List<String> places,
        String text,
        String facts,
        String remedy,
        String page) {

    /** More would only be read once these are mended; how many more there are is said. */
    private static final int MOST_PLACES = 10;

    /** What is wrong, the most decisive first: what is missing or unknown decides how the rest is read. */
    enum Kind {
        UNREADABLE,
        MISSING,
        TOO_MANY,
        UNKNOWN_ELEMENT,
        FORMAT,
        REFERENCE,
        CODE,
        EXTENSION,
        RULE,
        OTHER
    }

    Finding {
        places = List.copyOf(places);
    }

    boolean isError() {
        return severity == ResultSeverityEnum.ERROR || severity == ResultSeverityEnum.FATAL;
    }

    /** Several profiles may ask the same of one element, and several elements may have the same fault. */
    Object fault() {
        return List.of(severity, name, text, facts);
    }

    /** The same fault, found at several places. */
    static Finding folded(List<Finding> same) {
        Finding first = same.get(0);
        List<String> all =
                same.stream().flatMap(each -> each.places.stream()).distinct().toList();
        return new Finding(
                first.severity, first.name, first.kind, all, first.text, first.facts, first.remedy, first.page);
    }

    Refusal asRefusal() {
        return refusal(remedy);
    }

    /** What does not refuse the record, for its sender to correct at the source. */
    OperationOutcomeIssueComponent asRemark(Language language) {
        return Outcomes.issueOf(refusal(Outcomes.message("validation.not-in-the-way", language)), language)
                .setSeverity(IssueSeverity.WARNING);
    }

    private Refusal refusal(String whatToDo) {
        Localized advice = language -> Stream.of(facts, furtherPlaces(language), whatToDo, page)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        Refusal refusal = Refusal.of(RefusalCode.INVALID_RESOURCE, text, advice)
                .at(places.stream().limit(MOST_PLACES).toArray(String[]::new));
        Refusal named = name.isEmpty() ? refusal : refusal.named(name);
        if (severity != ResultSeverityEnum.FATAL) {
            return named;
        }
        return named.because(name.equals(ValidatorMessages.TOO_LONG) ? IssueType.TOOCOSTLY : IssueType.EXCEPTION);
    }

    private String furtherPlaces(Language language) {
        int further = places.size() - MOST_PLACES;
        return further > 0 ? Outcomes.message("validation.further-places", language, further) : "";
    }
}
