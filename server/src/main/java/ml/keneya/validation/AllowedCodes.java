package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.ValueSetExpansionOutcome;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The codes of a value set or a code system, where they are few enough to be told. */
@Component
class AllowedCodes {

    private static final int MOST_TOLD = 12;

    private final IValidationSupport support;
    private final Map<String, Optional<String>> told = new ConcurrentHashMap<>();

    AllowedCodes(IValidationSupport support) {
        this.support = support;
    }

    /** Empty for what is neither, cannot be expanded here, or holds too many. */
    Optional<String> of(String canonical) {
        IBaseResource codes = fetch(canonical);
        // What the sender made up is not remembered.
        return codes == null ? Optional.empty() : told.computeIfAbsent(canonical, known -> tell(codes(codes)));
    }

    /** Whether the guide has a page of it. */
    boolean isOurs(String canonical) {
        return canonical.startsWith(Canonicals.BASE) && fetch(canonical) != null;
    }

    private @Nullable IBaseResource fetch(String canonical) {
        if (canonical.contains("/ValueSet/")) {
            return support.fetchValueSet(canonical);
        }
        return canonical.contains("/CodeSystem/") ? support.fetchCodeSystem(canonical) : null;
    }

    private static Optional<String> tell(List<String> codes) {
        return codes.isEmpty() || codes.size() > MOST_TOLD ? Optional.empty() : Optional.of(String.join(", ", codes));
    }

    private List<String> codes(IBaseResource known) {
        if (known instanceof CodeSystem system) {
            return concepts(system.getConcept())
                    .map(ConceptDefinitionComponent::getCode)
                    .sorted()
                    .toList();
        }
        ValueSetExpansionOutcome outcome = support.expandValueSet(new ValidationSupportContext(support), null, known);
        return outcome != null && outcome.getValueSet() instanceof ValueSet expanded
                ? expanded.getExpansion().getContains().stream()
                        .map(ValueSetExpansionContainsComponent::getCode)
                        .sorted()
                        .toList()
                : List.of();
    }

    private static Stream<ConceptDefinitionComponent> concepts(List<ConceptDefinitionComponent> above) {
        return above.stream().flatMap(concept -> Stream.concat(Stream.of(concept), concepts(concept.getConcept())));
    }
}
