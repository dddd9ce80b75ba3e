package ml.keneya.load.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One remark of an OperationOutcome.
 *
 * @param code the stable code by which the exchange names the reason, for example {@code ML-INTAKE-004}; where it names
 *     none, FHIR's own code of the kind of issue
 * @param expression the element it speaks of, or empty
 */
public record Issue(String severity, String code, String text, String expression) {
    public static List<Issue> of(JsonNode operationOutcome) {
        var issues = new ArrayList<Issue>();
        for (JsonNode issue : operationOutcome.path("issue")) {
            issues.add(new Issue(issue.path("severity").asText("error"), code(issue), wording(issue), place(issue)));
        }
        return issues;
    }

    /** The decisive remark, which the exchange puts first. */
    static String firstOf(Answer answer) {
        return of(answer.document()).stream().findFirst().map(Issue::toString).orElse("");
    }

    public boolean isRefusal() {
        return severity.equals("fatal") || severity.equals("error");
    }

    public boolean isWarning() {
        return severity.equals("warning");
    }

    private static String code(JsonNode issue) {
        String own = issue.path("details").path("coding").path(0).path("code").asText();
        return own.isEmpty() ? issue.path("code").asText() : own;
    }

    private static String wording(JsonNode issue) {
        String diagnostics = issue.path("diagnostics").asText();
        if (!diagnostics.isBlank()) {
            return diagnostics.strip();
        }
        return issue.path("details").path("text").asText(issue.path("code").asText());
    }

    private static String place(JsonNode issue) {
        JsonNode expression = issue.path("expression").path(0);
        return expression.isTextual()
                ? expression.asText()
                : issue.path("location").path(0).asText();
    }

    @Override
    public String toString() {
        return expression.isEmpty() ? text : expression + " – " + text;
    }
}
