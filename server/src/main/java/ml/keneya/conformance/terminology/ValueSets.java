package ml.keneya.conformance.terminology;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.ValueSetExpansionOutcome;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The value sets of the class path and those that come with loaded code systems, and which codes are in them. */
@Component
class ValueSets {

    private final IValidationSupport support;
    private final ConformancePackages packages;
    private final CodeSystems codeSystems;
    private final ImplicitValueSets implicit;
    private final Composition composition;
    private final Map<String, List<Term>> members = new ConcurrentHashMap<>();

    ValueSets(IValidationSupport support, ConformancePackages packages, CodeSystems codeSystems) {
        this.support = support;
        this.packages = packages;
        this.codeSystems = codeSystems;
        this.implicit = new ImplicitValueSets(codeSystems);
        this.composition = new Composition(codeSystems, canonical -> find(canonical, null), this::expand);
    }

    /** By canonical address, which may end in a version after a bar. */
    ValueSet byUrl(String canonical, @Nullable String version) {
        return find(canonical, version)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_VALUE_SET, canonical)));
    }

    private Optional<ValueSet> find(String canonical, @Nullable String version) {
        String[] parts = canonical.split("\\|", 2);
        String wanted = parts.length == 2 ? parts[1] : version;
        return Optional.ofNullable(support.fetchValueSet(parts[0]))
                .map(ValueSet.class::cast)
                .or(() -> implicit.find(parts[0]))
                .filter(found -> wanted == null || wanted.equals(found.getVersion()));
    }

    /** By the id under which the exchange shows it. */
    ValueSet byId(String id) {
        return packages.all().stream()
                .flatMap(content -> content.resources().stream())
                .filter(resource -> resource instanceof ValueSet && id.equals(resource.getIdPart()))
                .map(ValueSet.class::cast)
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.UNKNOWN_VALUE_SET, id)));
    }

    /** Nothing when its codes are not all known here, as with the languages of the world. */
    Optional<Members> membersOf(ValueSet valueSet) {
        String key = valueSet.getUrl() + "|" + valueSet.getVersion();
        boolean ours = valueSet.hasUrl() && valueSet == support.fetchValueSet(valueSet.getUrl());
        List<Term> known = ours ? members.get(key) : null;
        if (known != null) {
            return Optional.of(Members.of(known));
        }
        if (composition.needsDatabase(valueSet)) {
            return Optional.of(composition.membersOf(valueSet));
        }
        Optional<List<Term>> expanded = expand(valueSet);
        // A client may send a value set of its own under any address; only ours are remembered.
        if (ours) {
            expanded.ifPresent(terms -> members.put(key, terms));
        }
        return expanded.map(Members::of);
    }

    private Optional<List<Term>> expand(ValueSet valueSet) {
        ValueSetExpansionOutcome outcome =
                support.expandValueSet(new ValidationSupportContext(support), null, valueSet);
        if (outcome == null || !(outcome.getValueSet() instanceof ValueSet expanded)) {
            return Optional.empty();
        }
        return Optional.of(expanded.getExpansion().getContains().stream()
                .map(contained -> term(valueSet, contained))
                .toList());
    }

    /**
     * HAPI's expansion knows codes and displays; other names come from the code system, or from the value set itself.
     */
    private Term term(ValueSet valueSet, ValueSetExpansionContainsComponent contained) {
        Term known = codeSystems
                .termInMemory(contained.getSystem(), contained.getCode())
                .orElseGet(() -> new Term(
                        contained.getSystem(),
                        null,
                        contained.getCode(),
                        contained.getDisplay(),
                        valueSet.getLanguage(),
                        List.of(),
                        false));
        return listed(valueSet, contained)
                .filter(ConceptReferenceComponent::hasDisplay)
                .map(listed -> new Term(
                        known.system(),
                        known.version(),
                        known.code(),
                        listed.getDisplay(),
                        valueSet.getLanguage(),
                        namesOf(listed, known),
                        known.inactive()))
                .orElse(known);
    }

    private static Optional<ConceptReferenceComponent> listed(
            ValueSet valueSet, ValueSetExpansionContainsComponent contained) {
        return valueSet.getCompose().getInclude().stream()
                .filter(include -> contained.getSystem().equals(include.getSystem()))
                .flatMap(include -> include.getConcept().stream())
                .filter(concept -> contained.getCode().equals(concept.getCode()))
                .findFirst();
    }

    private static List<Term.Name> namesOf(ConceptReferenceComponent listed, Term known) {
        Stream<Term.Name> own = listed.getDesignation().stream()
                .filter(designation -> designation.hasLanguage() && designation.hasValue())
                .map(designation -> new Term.Name(designation.getLanguage(), designation.getValue()));
        return Stream.concat(own, known.names().stream()).toList();
    }
}
