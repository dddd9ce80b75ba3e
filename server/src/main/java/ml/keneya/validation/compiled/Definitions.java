package ml.keneya.validation.compiled;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r5.model.Questionnaire;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.StructureDefinition.ExtensionContextType;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.validation.instance.utils.FHIRPathExpressionFixer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** The definitions that the official validator reads, each compiled once, when a record first needs it. */
final class Definitions {

    private static final String R4 = "4.0.1";
    private static final String MIME_TYPES = "http://hl7.org/fhir/ValueSet/mimetypes";

    /** True of whatever the other rules let pass: an element that is empty makes them unsure. */
    private static final String NOT_EMPTY = "hasValue() or (children().count() > id.count())";

    /** What these say of an element is nothing that a record must meet. */
    private static final Set<String> HARMLESS = Set.of(
            "http://hl7.org/fhir/StructureDefinition/structuredefinition-display-hint",
            "http://hl7.org/fhir/StructureDefinition/structuredefinition-explicit-type-name",
            "http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status",
            "http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version",
            "http://hl7.org/fhir/StructureDefinition/structuredefinition-hierarchy",
            "http://hl7.org/fhir/StructureDefinition/elementdefinition-translatable");

    private final IWorkerContext official;
    private final Terminology terminology;

    /** Made with the first invariant: it reads all definitions, for which the rest of a start need not wait. */
    private final SingletonSupplier<FHIRPathEngine> engine;

    private final CompilesPath paths;
    private final Map<String, Rule> rules = new ConcurrentHashMap<>();
    private final Map<String, Optional<ExtensionRule.Definition>> extensions = new ConcurrentHashMap<>();
    private final Map<String, Optional<Rule>> invariants = new ConcurrentHashMap<>();

    Definitions(IWorkerContext official, Clock clock) {
        this.official = official;
        this.terminology = new Terminology(official);
        this.engine = SingletonSupplier.of(() -> new FHIRPathEngine(official));
        this.paths = new CompilesPath(clock);
    }

    Terminology terminology() {
        return terminology;
    }

    /** What a definition asks of an element as a whole. */
    Rule rule(String url) {
        Rule known = rules.get(url);
        if (known == null) {
            known = compile(url);
            rules.put(url, known);
        }
        return known;
    }

    private Rule compile(String url) {
        StructureDefinition definition = structure(url);
        return definition == null
                ? new UnknownRule("the definition " + url)
                : new CompilesProfile(this, definition).compile();
    }

    ExtensionRule.@Nullable Definition extension(String url) {
        Optional<ExtensionRule.Definition> known = extensions.get(url);
        if (known == null) {
            known = Optional.ofNullable(structure(url)).map(this::extension);
            // A sender may invent as many addresses as he likes.
            if (known.isPresent()) {
                extensions.put(url, known);
            }
        }
        return known.orElse(null);
    }

    private ExtensionRule.Definition extension(StructureDefinition definition) {
        boolean plain = "Extension".equals(definition.getType())
                && !definition.hasContextInvariant()
                && !definition.getSnapshot().getElementFirstRep().getIsModifier()
                && definition.getContext().stream()
                        .allMatch(context -> context.getType() == ExtensionContextType.ELEMENT
                                && !context.hasExtension()
                                && context.getExpression().indexOf('#') < 0)
                && !definition.hasExtension("http://hl7.org/fhir/StructureDefinition/version-specific-use");
        Set<String> contexts = definition.getContext().stream()
                .map(context -> context.getExpression())
                .collect(Collectors.toSet());
        return new ExtensionRule.Definition(
                contexts, plain ? rule(definition.getUrl()) : new UnknownRule("the extension " + definition.getUrl()));
    }

    @Nullable
    StructureDefinition structure(String url) {
        return official.fetchResource(StructureDefinition.class, url);
    }

    @Nullable
    ValueSet valueSet(String url) {
        return official.fetchResource(ValueSet.class, url);
    }

    @Nullable
    Questionnaire questionnaire(String url) {
        return official.fetchResource(Questionnaire.class, url);
    }

    /** The official validator's complaint about this list, which is not loaded, is left out of its answers. */
    boolean isLeftOpen(String valueSet) {
        return valueSet.startsWith(MIME_TYPES);
    }

    boolean isHarmless(String extension) {
        return HARMLESS.contains(extension);
    }

    /** Empty where the other rules see to it. */
    Optional<Rule> invariant(String key, String expression) {
        String meant = FHIRPathExpressionFixer.fixExpr(expression, key, R4);
        return invariants.computeIfAbsent(
                meant, text -> text.startsWith(NOT_EMPTY) ? Optional.empty() : path(key, text));
    }

    private Optional<Rule> path(String key, String expression) {
        try {
            return Optional.of(paths.compile(engine.obtain().parse(expression))
                    .<Rule>map(compiled -> new InvariantRule(key, compiled))
                    .orElseGet(() -> new UnknownRule("the invariant " + key)));
        } catch (FHIRException unreadable) {
            return Optional.of(new UnknownRule("the invariant " + key));
        }
    }

    List<String> compiled() {
        return rules.keySet().stream().sorted().toList();
    }
}
