package ml.keneya.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.jspecify.annotations.Nullable;

/** The questionnaires of the package, so that answers are checked against their questions. */
record Questionnaires(FhirContext context, List<Questionnaire> known) implements IValidationSupport {

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    public <T extends IBaseResource> @Nullable T fetchResource(Class<T> type, String uri) {
        if (!type.isAssignableFrom(Questionnaire.class)) {
            return null;
        }
        return known.stream()
                .filter(it -> uri.equals(it.getUrl()) || uri.equals(it.getUrl() + "|" + it.getVersion()))
                .findFirst()
                .map(type::cast)
                .orElse(null);
    }
}
