package ml.keneya.security.trace;

import java.util.List;
import java.util.Set;

/** Knows which requests cannot touch person data, and so need no trace. Whatever is not known here is traced. */
final class PersonData {

    /** Definitions and terminology, which everybody may read. */
    private static final Set<String> NONE_IN = Set.of(
            "CapabilityStatement",
            "CodeSystem",
            "CompartmentDefinition",
            "ConceptMap",
            "ImplementationGuide",
            "Library",
            "NamingSystem",
            "OperationDefinition",
            "SearchParameter",
            "StructureDefinition",
            "ValueSet");

    private static final Set<String> NONE_UNDER = Set.of("metadata", "api-docs", "swagger-ui", ".well-known");

    /** Ways to reach records of another type than the one named. */
    private static final List<String> LEAD_ELSEWHERE = List.of("_has", "_revinclude", "_include");

    private static final Set<Integer> REFUSED_ACCESS = Set.of(401, 403, 429);

    private PersonData() {}

    static boolean mayBeIn(AskedFor asked, String path, List<String> patients, int status) {
        if (!patients.isEmpty() || REFUSED_ACCESS.contains(status)) {
            return true;
        }
        String query = String.valueOf(asked.query());
        if (LEAD_ELSEWHERE.stream().anyMatch(query::contains)) {
            return true;
        }
        String first = path.replaceFirst("^/fhir/?", "").replaceFirst("[/?].*", "");
        boolean catalogueOfViews =
                first.equals("ViewDefinition") && !asked.interaction().startsWith("$");
        return !NONE_IN.contains(first) && !NONE_UNDER.contains(first) && !catalogueOfViews;
    }
}
