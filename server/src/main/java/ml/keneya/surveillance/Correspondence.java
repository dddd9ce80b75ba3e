package ml.keneya.surveillance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ConceptMap;

/**
 * What DHIS2 calls a figure of an indicator. In the indicator's ConceptMap the source is written
 * {@code PENTA/doses_given?dose=1&age_group=0-11m}: the group, the count, and of which strata it is the sum.
 *
 * @param strata all others are summed
 * @param dataElement the code of the data element
 */
record Correspondence(String group, String count, Map<String, String> strata, String dataElement) {

    Correspondence {
        strata = Map.copyOf(strata);
    }

    static List<Correspondence> of(ConceptMap map) {
        return map.getGroup().stream()
                .flatMap(group -> group.getElement().stream())
                .flatMap(element -> element.getTarget().stream().map(target -> of(element.getCode(), target.getCode())))
                .toList();
    }

    private static Correspondence of(String source, String target) {
        String[] parts = source.split("[?]", 2);
        int slash = parts[0].lastIndexOf('/');
        Map<String, String> strata = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String part : parts[1].split("&")) {
                String[] pair = part.split("=", 2);
                strata.put(pair[0], pair[1]);
            }
        }
        return new Correspondence(parts[0].substring(0, slash), parts[0].substring(slash + 1), strata, target);
    }

    boolean isPartOf(Figure figure) {
        return figure.strata().entrySet().containsAll(strata.entrySet());
    }
}
