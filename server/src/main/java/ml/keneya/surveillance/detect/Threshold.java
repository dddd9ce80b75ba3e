package ml.keneya.surveillance.detect;

import java.util.List;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** One row of the code system {@code ml-alert-threshold} with its properties. */
public record Threshold(ConceptDefinitionComponent concept) {

    private static final String CODE_SYSTEM = Canonicals.BASE + "/CodeSystem/ml-alert-threshold";

    /** All rows of the system, wherever it stands among the resources. */
    public static List<Threshold> all(List<? extends Resource> resources) {
        return resources.stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .filter(system -> CODE_SYSTEM.equals(system.getUrl()))
                .flatMap(system -> system.getConcept().stream())
                .map(Threshold::new)
                .toList();
    }

    public String code() {
        return concept.getCode();
    }

    /** @return empty where the row names none */
    public String disease() {
        return value("disease") instanceof Coding disease ? disease.getCode() : "";
    }

    public @Nullable String text(String property) {
        Type value = value(property);
        return value == null ? null : value.primitiveValue();
    }

    public boolean has(String property, String... values) {
        return List.of(values).contains(String.valueOf(text(property)));
    }

    /** @throws NumberFormatException when the row has none there */
    public int number(String property) {
        return Integer.parseInt(String.valueOf(text(property)));
    }

    private @Nullable Type value(String property) {
        return concept.getProperty().stream()
                .filter(each -> each.getCode().equals(property))
                .map(each -> each.getValue())
                .findFirst()
                .orElse(null);
    }
}
