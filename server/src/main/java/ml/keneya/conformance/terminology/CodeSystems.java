package ml.keneya.conformance.terminology;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.CodeQuery;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The code systems whose content is known: in memory Mali's and those that belong to FHIR itself, in the database those
 * that an operator has loaded.
 */
@Component
class CodeSystems {

    private final IValidationSupport support;
    private final ConformancePackages packages;
    private final LoadedCodeSystems loaded;
    private final Map<String, Map<String, ConceptDefinitionComponent>> concepts = new ConcurrentHashMap<>();
    private final Map<String, Hierarchy> hierarchies = new ConcurrentHashMap<>();

    CodeSystems(IValidationSupport support, ConformancePackages packages, LoadedCodeSystems loaded) {
        this.support = support;
        this.packages = packages;
        this.loaded = loaded;
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
                .or(() -> loaded.all().stream()
                        .filter(system -> id.equals(system.recordId()))
                        .findFirst()
                        .map(LoadedContent::describe))
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
        return inMemory(url, version).or(() -> loaded.find(url, version).map(LoadedContent::describe));
    }

    private Optional<CodeSystem> inMemory(String url, @Nullable String version) {
        return Optional.ofNullable(support.fetchCodeSystem(url))
                .map(CodeSystem.class::cast)
                .filter(system -> system.getContent() != CodeSystemContentMode.NOTPRESENT)
                .filter(system -> version == null || version.equals(system.getVersion()));
    }

    /** The system where its content is in the database. */
    Optional<LoadedSystem> loaded(String url, @Nullable String version) {
        return inMemory(url, version).isPresent() ? Optional.empty() : loaded.find(url, version);
    }

    /** Whether a loaded system has a code of which a property has a value. */
    boolean hasProperty(String url, String property, String value) {
        CodeQuery query = new CodeQuery(new CodeCriterion.Having(property, value), List.of(), false);
        return loaded.find(url, null)
                .filter(system -> loaded.count(system, query) > 0)
                .isPresent();
    }

    Optional<ConceptDefinitionComponent> concept(CodeSystem system, String code) {
        Optional<LoadedSystem> inDatabase = LoadedContent.in(system);
        if (inDatabase.isPresent()) {
            return new LoadedContent(loaded, inDatabase.get()).concept(code);
        }
        return Optional.ofNullable(concepts.computeIfAbsent(nameOf(system), url -> {
                    Map<String, ConceptDefinitionComponent> byCode = new LinkedHashMap<>();
                    collect(system.getConcept(), byCode);
                    return byCode;
                })
                .get(code));
    }

    Hierarchy hierarchy(CodeSystem system) {
        return LoadedContent.in(system)
                .<Hierarchy>map(inDatabase -> new LoadedHierarchy(loaded, inDatabase))
                .orElseGet(() -> hierarchies.computeIfAbsent(nameOf(system), name -> ListedHierarchy.of(system)));
    }

    private static String nameOf(CodeSystem system) {
        return system.getUrl() + "|" + system.getVersion();
    }

    /** Of what is in memory only. */
    Optional<Term> termInMemory(String url, String code) {
        return inMemory(url, null).flatMap(system -> term(system, code));
    }

    Optional<Term> term(String url, @Nullable String version, String code) {
        return find(url, version).flatMap(system -> term(system, code));
    }

    Optional<Term> term(CodeSystem system, String code) {
        Optional<LoadedSystem> inDatabase = LoadedContent.in(system);
        if (inDatabase.isPresent()) {
            return new LoadedContent(loaded, inDatabase.get()).term(code);
        }
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
