package ml.keneya.store;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * By which search parameter the records of each type belong to a compartment, for example those about one patient.
 *
 * <p>FHIR names the parameters that count (R4, CompartmentDefinition); only those that are kept here can. Where several
 * are, one more parameter stands for any of them. Its paths are theirs, so it adds no index rows.
 */
final class Compartments {

    /** The compartments of FHIR, and the parameter by which most types point to their centre. */
    private static final Map<String, String> USUAL_LINK = new TreeMap<>(Map.of(
            "Patient", "patient",
            "Encounter", "encounter",
            "RelatedPerson", "related-person",
            "Practitioner", "practitioner",
            "Device", "device"));

    /** A list or group about one patient names the others in it too, so it is nobody's own record. */
    private static final Set<String> ABOUT_SEVERAL = Set.of("Group", "List");

    private static final String UNION = "compartment-";

    private final Map<String, String> parameters = new TreeMap<>();
    private final List<SearchParameter> unions = new ArrayList<>();

    /** The canonical addresses of FHIR's compartments (R4, CompartmentDefinition). */
    static List<String> names() {
        return USUAL_LINK.keySet().stream()
                .map(name -> "http://hl7.org/fhir/CompartmentDefinition/" + name.toLowerCase(Locale.ROOT))
                .toList();
    }

    Compartments(FhirContext context, Collection<SearchParameter> kept) {
        USUAL_LINK.forEach((compartment, link) -> {
            for (String type : ResourceTypesInUse.OF_RECORDS) {
                Set<String> counting = new TreeSet<>(
                        context.getResourceDefinition(type).getSearchParamsForCompartmentName(compartment).stream()
                                .map(RuntimeSearchParam::getName)
                                .toList());
                counting.add(link);
                if (!ABOUT_SEVERAL.contains(type)) {
                    add(compartment, type, membersAmong(kept, type, counting, link));
                }
            }
        });
    }

    /** Nothing when no kept parameter of the type leads to the compartment. */
    Optional<String> parameter(String compartment, String type) {
        return Optional.ofNullable(parameters.get(compartment + "/" + type));
    }

    static boolean isCompartment(String type) {
        return USUAL_LINK.containsKey(type);
    }

    /** Whether a parameter is one of ours for searching a compartment; clients name the compartment instead. */
    static boolean isUnion(String code) {
        return code.startsWith(UNION);
    }

    List<SearchParameter> unions() {
        return unions;
    }

    /** As few parameters as look at every element: the usual link first, then what it does not cover. */
    private static List<SearchParameter> membersAmong(
            Collection<SearchParameter> kept, String type, Set<String> counting, String link) {
        List<SearchParameter> members = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        kept.stream()
                .filter(parameter -> parameter.getType() == SearchParamType.REFERENCE)
                .filter(parameter -> counting.contains(parameter.getCode()))
                .filter(parameter -> parameter.getBase().stream()
                        .anyMatch(base -> base.getValue().equals(type)))
                .sorted(Comparator.comparing(parameter -> !parameter.getCode().equals(link)))
                .forEach(parameter -> {
                    if (covered.addAll(elementsOf(parameter))) {
                        members.add(parameter);
                    }
                });
        return members;
    }

    /** The paths without the condition on the type of what they point to. */
    private static List<String> elementsOf(SearchParameter parameter) {
        String paths = parameter.getExpression().replaceAll("\\.where\\(resolve\\(\\) is \\w+\\)", "");
        return Arrays.stream(paths.split("\\|")).map(String::strip).toList();
    }

    private void add(String compartment, String type, List<SearchParameter> members) {
        if (members.size() == 1) {
            parameters.put(compartment + "/" + type, members.get(0).getCode());
        }
        if (members.size() > 1) {
            SearchParameter union = union(compartment, type, members);
            parameters.put(compartment + "/" + type, union.getCode());
            unions.add(union);
        }
    }

    private static SearchParameter union(String compartment, String type, List<SearchParameter> members) {
        String code = UNION + compartment.toLowerCase(Locale.ROOT);
        SearchParameter union = new SearchParameter();
        union.setId("ml-" + type + "-" + code);
        union.setUrl(Canonicals.BASE + "/SearchParameter/" + union.getId());
        union.setName(code);
        union.setCode(code);
        union.setStatus(PublicationStatus.ACTIVE);
        union.setDescription("The " + compartment + " to whose compartment the record belongs, in whatever role.");
        union.setType(SearchParamType.REFERENCE);
        union.getBase().add(new CodeType(type));
        union.getTarget().add(new CodeType(compartment));
        union.setExpression(members.stream().map(SearchParameter::getExpression).collect(Collectors.joining(" | ")));
        return union;
    }
}
