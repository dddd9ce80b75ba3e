package ml.keneya.fhir;

import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * One reason why a request is refused: what is wrong, where, and (by its code) what to do about it.
 *
 * @param code the entry of the catalogue
 * @param issueType the FHIR issue type; the catalogue's unless the cause is known more exactly
 * @param expression FHIRPath of the elements at fault, for example {@code Bundle.entry[3].resource.birthDate}
 * @param arguments what the words of the catalogue are filled with; a {@link Localized} is put into words last
 */
public record Refusal(RefusalCode code, IssueType issueType, List<String> expression, List<Object> arguments) {

    public Refusal {
        expression = List.copyOf(expression);
        arguments = List.copyOf(arguments);
    }

    public static Refusal of(RefusalCode code, Object... arguments) {
        return new Refusal(code, code.issueType(), List.of(), Arrays.asList(arguments));
    }

    public Refusal at(String... elements) {
        return new Refusal(code, issueType, List.of(elements), arguments);
    }

    public Refusal because(IssueType exactType) {
        return new Refusal(code, exactType, expression, arguments);
    }
}
