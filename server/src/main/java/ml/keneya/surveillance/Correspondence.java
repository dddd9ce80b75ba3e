package ml.keneya.surveillance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;

/**
 * What DHIS2 calls a figure of an indicator. In the indicator's ConceptMap the source is written
 * {@code PENTA/doses_given?dose=1&age_group=0-11m}: the group, the count, and of which strata it is the sum. A target
 * that depends on another count of the group ({@code target.dependsOn} with the value 0) is told only where that is
 * zero.
 *
 * @param strata all others are summed
 * @param unlessAny counts of the group of which none may be there
 * @param dataElement the code of the data element
 */
record Correspondence(
        String group, String count, Map<String, String> strata, Set<String> unlessAny, String dataElement) {

    Correspondence {
        strata = Map.copyOf(strata);
        unlessAny = Set.copyOf(unlessAny);
    }

    static List<Correspondence> of(ConceptMap map) {
        return map.getGroup().stream()
                .flatMap(group -> group.getElement().stream())
                .flatMap(element -> element.getTarget().stream().map(target -> of(element.getCode(), target)))
                .toList();
    }

    private static Correspondence of(String source, TargetElementComponent target) {
        String[] parts = source.split("[?]", 2);
        int slash = parts[0].lastIndexOf('/');
        Map<String, String> strata = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String part : parts[1].split("&")) {
                String[] pair = part.split("=", 2);
                strata.put(pair[0], pair[1]);
            }
        }
        return new Correspondence(
                parts[0].substring(0, slash),
                parts[0].substring(slash + 1),
                strata,
                target.getDependsOn().stream()
                        .map(other -> other.getProperty()
                                .substring(other.getProperty().indexOf('#') + 1))
                        .collect(Collectors.toSet()),
                target.getCode());
    }

    /** Whether the figures of the group let this one be told. */
    boolean isTold(List<Figure> ofGroup) {
        return unlessAny.stream()
                .allMatch(count -> ofGroup.stream()
                                .mapToLong(figure -> figure.count(count))
                                .sum()
                        == 0);
    }

    long sum(List<Figure> ofGroup) {
        return ofGroup.stream()
                .filter(figure -> figure.strata().entrySet().containsAll(strata.entrySet()))
                .mapToLong(figure -> figure.count(count))
                .sum();
    }
}
