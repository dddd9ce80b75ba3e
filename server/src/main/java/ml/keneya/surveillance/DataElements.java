package ml.keneya.surveillance;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.springframework.stereotype.Component;

/** What DHIS2 calls each figure: the ConceptMap of diseases, and what its targets count. */
@Component
class DataElements {

    private static final Map<String, String> COLUMNS = Map.of(
            "suspected-cases", WeeklyReport.SUSPECTED,
            "confirmed-cases", WeeklyReport.CONFIRMED,
            "deaths", WeeklyReport.DEATHS);

    private final Map<String, Map<String, String>> byDisease = new HashMap<>();

    DataElements(ConformancePackages packages) {
        Map<String, String> columns = new HashMap<>();
        String system = Canonicals.BASE + "/CodeSystem/ml-dhis2-data-element";
        packages.terminology().resources().stream()
                .filter(each -> system.equals(each.getUrl()))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .forEach(concept -> columns.put(concept.getCode(), COLUMNS.getOrDefault(countOf(concept), "")));
        String map = Canonicals.BASE + "/ConceptMap/ml-notifiable-disease-to-dhis2";
        packages.terminology().resources().stream()
                .filter(each -> map.equals(each.getUrl()))
                .flatMap(each -> ((ConceptMap) each).getGroup().stream())
                .flatMap(group -> group.getElement().stream())
                .forEach(element -> element.getTarget().stream()
                        .filter(target ->
                                !columns.getOrDefault(target.getCode(), "").isEmpty())
                        .forEach(target -> byDisease
                                .computeIfAbsent(element.getCode(), code -> new TreeMap<>())
                                .put(columns.getOrDefault(target.getCode(), ""), target.getCode())));
    }

    private static String countOf(ConceptDefinitionComponent concept) {
        return concept.getProperty().stream()
                .filter(property -> property.getCode().equals("count-of"))
                .map(property -> property.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }

    /** For each column of the weekly report the data element; nothing for a disease that DHIS2 does not know. */
    Map<String, String> of(String disease) {
        return byDisease.getOrDefault(disease, Map.of());
    }
}
