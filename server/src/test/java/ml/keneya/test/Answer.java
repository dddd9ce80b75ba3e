package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.OperationOutcome;

/** What the server answered, with the assertions that tests make most. */
public record Answer(HttpResponse<String> response, FhirContext context) {

    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public <T extends IBaseResource> T as(Class<T> type) {
        return context.newJsonParser().parseResource(type, body());
    }

    public Bundle bundle() {
        return as(Bundle.class);
    }

    public List<BundleEntryComponent> entries() {
        return bundle().getEntry();
    }

    public Optional<String> link(String relation) {
        return Optional.ofNullable(bundle().getLink(relation)).map(BundleLinkComponent::getUrl);
    }

    public Answer hasStatus(int expected) {
        assertThat(status()).as("status of the answer %s", body()).isEqualTo(expected);
        return this;
    }

    /** A refusal with this status and code, in French, that shows nothing of our insides. */
    public Answer isRefused(int expectedStatus, String expectedCode) {
        hasStatus(expectedStatus);
        OperationOutcome outcome = as(OperationOutcome.class);
        assertThat(outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
                .as("code of the refusal %s", body())
                .isEqualTo(expectedCode);
        assertThat(outcome.getIssueFirstRep().getDiagnostics()).isNotBlank();
        assertThat(Insides.in(body())).as("insides shown by %s", body()).isEmpty();
        return this;
    }

    /** A refusal for the moment, of whatever code, that says when to come back. */
    public Answer asksToComeBack() {
        hasStatus(503);
        assertThat(header("Retry-After"))
                .as("when to come back")
                .hasValueSatisfying(seconds -> assertThat(seconds).containsOnlyDigits());
        return isRefused(
                503,
                as(OperationOutcome.class)
                        .getIssueFirstRep()
                        .getDetails()
                        .getCodingFirstRep()
                        .getCode());
    }

    public Answer namesElement(String expression) {
        assertThat(as(OperationOutcome.class).getIssue())
                .as("elements named by %s", body())
                .anySatisfy(issue -> assertThat(issue.getExpression())
                        .anySatisfy(named -> assertThat(named.getValue()).isEqualTo(expression)));
        return this;
    }

    public Answer says(String words) {
        assertThat(as(OperationOutcome.class).getIssue())
                .as("words of %s", body())
                .anySatisfy(issue -> assertThat(issue.getDiagnostics()).contains(words));
        return this;
    }
}
