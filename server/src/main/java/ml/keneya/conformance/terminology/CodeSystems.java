package ml.keneya.conformance.terminology;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The code systems whose content is in memory: Mali's, and those that belong to FHIR itself. */
@Component
class CodeSystems {

    private final IValidationSupport support;
    private final ConformancePackages packages;
    private final Map<String, Map<String, ConceptDefinitionComponent>> concepts = new ConcurrentHashMap<>();
    private final Map<String, Hierarchy> hierarchies = new ConcurrentHashMap<>();

    CodeSystems(IValidationSupport support, ConformancePackages packages) {
        this.support = support;
        this.packages = packages;
    }

    CodeSystem byUrl(String canonical, @Nullable String version) {
        String[] parts = canonical.split("\\|", 2);
        return find(parts[0], parts.length == 2 ? parts[1] : version)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CODE_SYSTEM, canonical)));
    }

    /** By the id under which the exchange shows it. */
    CodeSystem byId(String id) {
        return ofMali().filter(system -> id.equals(system.getIdPart()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CODE_SYSTEM, id)));
    }

    Stream<CodeSystem> ofMali() {
        return packages.all().stream()
                .flatMap(content -> content.resources().stream())
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast);
    }

    /** @param version the one that is asked for; any when absent */
    Optional<CodeSystem> find(String url, @Nullable String version) {
        return Optional.ofNullable(support.fetchCodeSystem(url))
                .map(CodeSystem.class::cast)
                .filter(system -> system.getContent() != CodeSystemContentMode.NOTPRESENT)
                .filter(system -> version == null || version.equals(system.getVersion()));
    }

    Optional<ConceptDefinitionComponent> concept(CodeSystem system, String code) {
        return Optional.ofNullable(concepts.computeIfAbsent(nameOf(system), url -> {
                    Map<String, ConceptDefinitionComponent> byCode = new LinkedHashMap<>();
                    collect(system.getConcept(), byCode);
                    return byCode;
                })
                .get(code));
    }

    Hierarchy hierarchy(CodeSystem system) {
        return hierarchies.computeIfAbsent(nameOf(system), name -> Hierarchy.of(system));
    }

    private static String nameOf(CodeSystem system) {
        return system.getUrl() + "|" + system.getVersion();
    }

    Optional<Term> term(String url, @Nullable String version, String code) {
        return find(url, version).flatMap(system -> term(system, code));
    }

    Optional<Term> term(CodeSystem system, String code) {
        return concept(system, code).map(concept -> termOf(system, concept));
    }

    private static void collect(List<ConceptDefinitionComponent> from, Map<String, ConceptDefinitionComponent> into) {
        for (ConceptDefinitionComponent concept : from) {
            into.put(concept.getCode(), concept);
            collect(concept.getConcept(), into);
        }
    }

    private static Term termOf(CodeSystem system, ConceptDefinitionComponent concept) {
        List<Term.Name> names = concept.getDesignation().stream()
                .filter(designation -> designation.hasLanguage() && designation.hasValue())
                .map(designation -> new Term.Name(designation.getLanguage(), designation.getValue()))
                .toList();
        return new Term(
                system.getUrl(),
                system.getVersion(),
                concept.getCode(),
                concept.getDisplay(),
                // FHIR's own code systems are in English and say so nowhere.
                system.hasLanguage() ? system.getLanguage() : "en",
                names,
                isInactive(concept));
    }

    private static boolean isInactive(ConceptDefinitionComponent concept) {
        return concept.getProperty().stream()
                .anyMatch(property -> "inactive".equals(property.getCode())
                        && property.getValue() instanceof BooleanType inactive
                        && inactive.booleanValue());
    }
}
