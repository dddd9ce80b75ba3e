package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.jspecify.annotations.Nullable;

/** Mali's questionnaires, so that answers are checked against their questions; HAPI keeps only definitions of types. */
final class DefinitionsOfAnswers implements IValidationSupport {

    private final FhirContext context;
    private final Map<String, Questionnaire> byUrl;

    DefinitionsOfAnswers(FhirContext context, ConformancePackages packages) {
        this.context = context;
        this.byUrl = packages.resources()
                .filter(Questionnaire.class::isInstance)
                .map(Questionnaire.class::cast)
                .collect(Collectors.toUnmodifiableMap(Questionnaire::getUrl, it -> it));
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    public <T extends IBaseResource> @Nullable T fetchResource(Class<T> type, String uri) {
        if (!type.isAssignableFrom(Questionnaire.class)) {
            return null;
        }
        String[] urlAndVersion = uri.split("\\|", 2);
        Questionnaire known = byUrl.get(urlAndVersion[0]);
        boolean sameVersion =
                known != null && (urlAndVersion.length == 1 || urlAndVersion[1].equals(known.getVersion()));
        return sameVersion ? type.cast(known) : null;
    }
}
