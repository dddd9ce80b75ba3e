package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.fhir.ServedTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows from a record's own text whose record it is (R4, CompartmentDefinition/patient): an index knows only the
 * present, and an export shows the past.
 */
@Component
class PatientCompartment {

    static final String NAME = "Patient";
    private static final String REFERENCE = "Patient/";

    /** A list or group about one patient names the others in it too, so it is nobody's own record. */
    private static final Set<String> ABOUT_SEVERAL = Set.of("Group", "List");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FhirContext context;
    private final ISearchParamRegistry parameters;
    private final ServedTypes served;
    private final Map<String, List<List<String>>> elements = new HashMap<>();

    PatientCompartment(FhirContext context, ISearchParamRegistry parameters, ServedTypes served) {
        this.context = context;
        this.parameters = parameters;
        this.served = served;
        for (String type : served.names()) {
            if (!ABOUT_SEVERAL.contains(type) && !NAME.equals(type)) {
                List<List<String>> paths =
                        context.getResourceDefinition(type).getSearchParamsForCompartmentName(NAME).stream()
                                .flatMap(parameter -> pathsOf(parameter, type).stream())
                                .distinct()
                                .map(path -> List.of(path.split("\\.")))
                                .toList();
                if (!paths.isEmpty()) {
                    elements.put(type, paths);
                }
            }
        }
    }

    /** People themselves, and what belongs to them. */
    Set<String> types() {
        Set<String> types = new HashSet<>(elements.keySet());
        types.add(NAME);
        types.retainAll(served.names());
        return types;
    }

    /** Whether the index of references leads to every record of the type that belongs to somebody. */
    boolean isIndexed(String type) {
        Set<String> indexed = new HashSet<>();
        parameters
                .getActiveSearchParams(type, SearchParamLookupContextEnum.ALL)
                .values()
                .forEach(parameter -> indexed.addAll(pathsOf(parameter, type)));
        return elements.getOrDefault(type, List.of()).stream()
                .allMatch(path -> indexed.contains(String.join(".", path)));
    }

    /** @param patients whose record it must be; null for anybody's */
    boolean holds(String type, String id, byte[] json, @Nullable Set<String> patients) {
        Set<String> owners = owners(type, id, json);
        return patients == null ? !owners.isEmpty() : !Collections.disjoint(owners, patients);
    }

    /** Ids of those whose record it is; several when it is about several, as an appointment may be. */
    Set<String> owners(String type, String id, byte[] json) {
        if (NAME.equals(type)) {
            return Set.of(id);
        }
        Set<String> owners = new TreeSet<>();
        try {
            JsonNode record = JSON.readTree(json);
            elements.getOrDefault(type, List.of()).forEach(path -> collect(record, path, owners));
            return owners;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void collect(JsonNode node, List<String> path, Set<String> owners) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, path, owners));
        } else if (path.isEmpty()) {
            String reference = node.path("reference").asText();
            if (reference.startsWith(REFERENCE)) {
                owners.add(idOf(reference));
            }
        } else {
            collect(node.path(path.get(0)), path.subList(1, path.size()), owners);
        }
    }

    private static String idOf(String reference) {
        String rest = reference.substring(REFERENCE.length());
        int version = rest.indexOf('/');
        return version < 0 ? rest : rest.substring(0, version);
    }

    /** Elements below the type, without conditions and casts; choice types of references carry theirs in the name. */
    private static List<String> pathsOf(RuntimeSearchParam parameter, String type) {
        return Arrays.stream(String.valueOf(parameter.getPath()).split("\\|"))
                .map(path -> path.replaceAll("\\.where\\(resolve\\(\\) is \\w+\\)", "")
                        .replaceAll(" as Reference|\\.as\\(Reference\\)|\\.ofType\\(Reference\\)", "Reference")
                        .replaceAll("[() ]", ""))
                .filter(path -> path.startsWith(type + "."))
                .map(path -> path.substring(type.length() + 1))
                .toList();
    }
}
