package ml.keneya.fhir;

import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a request is refused: what is wrong, where, and (by its code) what to do about it.
 *
 * @param code the entry of the catalogue
 * @param issueType the FHIR issue type; the catalogue's unless the cause is known more exactly
 * @param expression FHIRPath of the elements at fault, for example {@code Bundle.entry[3].resource.birthDate}
 * @param name the stable name that a library gives to what is wrong; absent when the code says it all
 * @param arguments what the words of the catalogue are filled with; a {@link Localized} is put into words last
 */
public record Refusal(
        RefusalCode code,
        IssueType issueType,
        List<String> expression,
        @Nullable String name,
        List<Object> arguments) {

    public Refusal {
        expression = List.copyOf(expression);
        arguments = List.copyOf(arguments);
    }

    public static Refusal of(RefusalCode code, Object... arguments) {
        return new Refusal(code, code.issueType(), List.of(), null, Arrays.asList(arguments));
    }

    public Refusal at(String... elements) {
        return new Refusal(code, issueType, List.of(elements), name, arguments);
    }

    public Refusal because(IssueType exactType) {
        return new Refusal(code, exactType, expression, name, arguments);
    }

    public Refusal named(String nameInLibrary) {
        return new Refusal(code, issueType, expression, nameInLibrary, arguments);
    }
}
