package ml.keneya.validation.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.validation.compiled.ChildRule.Count;
import ml.keneya.validation.compiled.Terminology.Binding;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.ElementDefinition.ElementDefinitionBindingComponent;
import org.hl7.fhir.r5.model.ElementDefinition.ElementDefinitionSlicingDiscriminatorComponent;
import org.hl7.fhir.r5.model.ElementDefinition.SlicingRules;
import org.hl7.fhir.r5.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** Makes rules of one definition; what it does not know becomes an {@link UnknownRule}. */
final class CompilesProfile {

    private static final String TYPES = "http://hl7.org/fhir/StructureDefinition/";
    private static final String SYSTEM_TYPES = "http://hl7.org/fhirpath/System.";
    private static final String BEST_PRACTICE = TYPES + "elementdefinition-bestpractice";
    private static final Set<String> WITHOUT_TYPE = Set.of("BackboneElement", "Element");
    private static final Set<String> LEFT_OUT = Set.of("Narrative", "Resource", "xhtml", "oid", "uuid");

    private final Definitions definitions;
    private final StructureDefinition profile;
    private final List<ElementDefinition> snapshot;
    private final Map<String, Rule> referred = new ConcurrentHashMap<>();

    CompilesProfile(Definitions definitions, StructureDefinition profile) {
        this.definitions = definitions;
        this.profile = profile;
        this.snapshot = profile.getSnapshot().getElement();
    }

    Rule compile() {
        if (snapshot.isEmpty() || profile.hasExtension(TYPES + "structuredefinition-imposeProfile")) {
            return new UnknownRule("the whole of " + profile.getUrl());
        }
        ElementDefinition top = snapshot.get(0);
        List<Rule> own = new ArrayList<>(invariants(top));
        if (top.hasFixed() || top.hasPattern()) {
            own.add(new UnknownRule("a fixed value of the whole of " + profile.getUrl()));
        }
        return new ElementRule(children(top), own);
    }

    private List<ChildRule> children(ElementDefinition parent) {
        Map<String, List<ElementDefinition>> byPath = new LinkedHashMap<>();
        for (ElementDefinition child : below(parent)) {
            byPath.computeIfAbsent(child.getPath(), path -> new ArrayList<>()).add(child);
        }
        return byPath.values().stream().map(same -> child(parent, same)).toList();
    }

    private List<ElementDefinition> below(ElementDefinition parent) {
        String beginning = parent.getPath() + ".";
        List<ElementDefinition> found = new ArrayList<>();
        for (int index = snapshot.indexOf(parent) + 1; index < snapshot.size(); index++) {
            String path = snapshot.get(index).getPath();
            if (!path.startsWith(beginning)) {
                break;
            }
            if (path.indexOf('.', beginning.length()) < 0) {
                found.add(snapshot.get(index));
            }
        }
        return found;
    }

    /** @param same the child, and after it its slices */
    private ChildRule child(ElementDefinition parent, List<ElementDefinition> same) {
        ElementDefinition child = same.get(0);
        String name = child.getPath().substring(parent.getPath().length() + 1).replace("[x]", "");
        List<Rule> each = new ArrayList<>(rules(parent, child, name));
        List<SliceRule> slices = new ArrayList<>();
        for (ElementDefinition slice : same.subList(1, same.size())) {
            Optional<SliceRule> known = slice(parent, child, slice, name);
            known.ifPresentOrElse(slices::add, () -> each.add(new UnknownRule("the slice " + slice.getId())));
        }
        if (child.hasSliceName() || (same.size() > 1 && !child.hasSlicing())) {
            each.add(new UnknownRule("slices without slicing at " + child.getId()));
        }
        boolean open = !child.hasSlicing() || child.getSlicing().getRules() == SlicingRules.OPEN;
        if (!open && slices.isEmpty()) {
            each.add(new UnknownRule("slicing without slices at " + child.getId()));
        }
        // Also a slice that is not compiled asks for the child to be there at all.
        int least = same.stream().mapToInt(ElementDefinition::getMin).max().orElse(0);
        return new ChildRule(name, Count.of(least, child.getMax()), each, slices, open);
    }

    private Optional<SliceRule> slice(
            ElementDefinition parent, ElementDefinition child, ElementDefinition slice, String name) {
        List<ElementDefinitionSlicingDiscriminatorComponent> discriminators =
                child.getSlicing().getDiscriminator();
        if (discriminators.size() != 1
                || child.getSlicing().getOrdered()
                || slice.hasSlicing()
                || slice.getSliceName().contains("/")
                || !"value".equals(discriminators.get(0).getType().toCode())) {
            return Optional.empty();
        }
        String path = discriminators.get(0).getPath();
        return discriminatingValue(slice, path)
                .map(value -> new SliceRule(
                        path, value, Count.of(slice.getMin(), slice.getMax()), rules(parent, slice, name)));
    }

    private Optional<String> discriminatingValue(ElementDefinition slice, String path) {
        Stream<ElementDefinition> inside = below(slice).stream();
        if (slice.isProfiledExtension() && path.equals("url")) {
            StructureDefinition extension = definitions.structure(
                    slice.getTypeFirstRep().getProfile().get(0).getValue());
            inside = extension == null ? Stream.empty() : extension.getSnapshot().getElement().stream();
        }
        return inside.filter(element -> element.getPath().endsWith("." + path))
                .filter(element -> element.getPath().split("\\.").length
                        == (slice.isProfiledExtension() ? 2 : slice.getPath().split("\\.").length + 1))
                .filter(ElementDefinition::hasFixed)
                .map(element -> element.getFixed().primitiveValue())
                .filter(value -> value != null)
                .findFirst();
    }

    private List<Rule> rules(ElementDefinition parent, ElementDefinition element, String name) {
        List<Rule> rules = new ArrayList<>();
        if (name.equals("id")) {
            boolean ofRecord = profile.getKind().toCode().equals("resource")
                    && !parent.getPath().contains(".");
            rules.add(ofRecord ? RecordIdRule.RULE : new UnknownRule("the id of an element"));
            return rules;
        }
        if (name.equals("modifierExtension")) {
            rules.add(new UnknownRule("extensions that change the meaning"));
            return rules;
        }
        // How a value without children is written is asked where its type is.
        if (name.equals("value") && element.getTypeFirstRep().getCode().startsWith(SYSTEM_TYPES)) {
            return rules;
        }
        unknownIn(element).forEach(what -> rules.add(new UnknownRule(what + " at " + element.getId())));
        rules.addAll(invariants(element));
        fixed(element).ifPresent(rules::add);
        if (element.hasMaxLength() && element.getMaxLength() > 0) {
            rules.add(new LengthRule(element.getMaxLength()));
        }
        if (element.hasContentReference()) {
            rules.add(contentOf(element.getContentReference()));
        } else if (element.getType().size() == 1
                && WITHOUT_TYPE.contains(element.getType().get(0).getWorkingCode())) {
            rules.add(new ElementRule(children(element), List.of()));
        } else {
            rules.addAll(ofType(element));
        }
        return rules;
    }

    private Rule contentOf(String reference) {
        String id = reference.substring(reference.indexOf('#') + 1);
        // Definitions that refer to themselves are compiled when a record goes that deep.
        return place -> referred.computeIfAbsent(id, this::content).of(place);
    }

    private Rule content(String id) {
        return snapshot.stream()
                .filter(element -> element.getId().equals(id))
                .findFirst()
                .<Rule>map(element -> new ElementRule(children(element), invariants(element)))
                .orElseGet(() -> new UnknownRule("content like " + id));
    }

    private List<Rule> ofType(ElementDefinition element) {
        List<Rule> rules = new ArrayList<>();
        Set<String> types = element.getType().stream()
                .map(TypeRefComponent::getWorkingCode)
                .collect(Collectors.toCollection(TreeSet::new));
        if (LEFT_OUT.containsAll(types)) {
            rules.add(new UnknownRule(types + " at " + element.getId()));
            return rules;
        }
        rules.add(new TypeRule(profilesOf(element), definitions::rule));
        rules.add(new CodedRule(definitions.terminology(), binding(element), isInConcept(element)));
        rules.add(DatatypeRule.OfIdentifier.RULE);
        rules.add(DatatypeRule.OfAttachment.RULE);
        if (types.contains("Reference")) {
            rules.add(reference(element));
        }
        if (types.contains("Extension")) {
            rules.add(extension(element));
        }
        List<ChildRule> inside = children(element);
        if (!inside.isEmpty()) {
            rules.add(new InlineRule(inside));
        }
        return rules;
    }

    /** Profiles of an extension are those of its address, which the rule for extensions looks up. */
    private static Map<String, String> profilesOf(ElementDefinition element) {
        Map<String, String> profiles = new HashMap<>();
        for (TypeRefComponent type : element.getType()) {
            if (LEFT_OUT.contains(type.getWorkingCode())) {
                continue;
            }
            boolean profiled = type.hasProfile() && !type.getWorkingCode().equals("Extension");
            profiles.put(
                    type.getWorkingCode(),
                    profiled ? type.getProfile().get(0).getValue() : TYPES + type.getWorkingCode());
        }
        return profiles;
    }

    private boolean isInConcept(ElementDefinition element) {
        String path = element.getPath();
        if (path.equals("CodeableConcept.coding")) {
            return true;
        }
        String above = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        return snapshot.stream()
                .filter(each -> each.getPath().equals(above))
                .flatMap(each -> each.getType().stream())
                .anyMatch(type -> type.getWorkingCode().equals("CodeableConcept"));
    }

    private Rule reference(ElementDefinition element) {
        TypeRefComponent type = element.getType("Reference");
        if (type.hasAggregation()
                || element.getType().stream()
                                .filter(it -> it.getWorkingCode().equals("Reference"))
                                .count()
                        > 1) {
            return new UnknownRule("kinds of references at " + element.getId());
        }
        return new DatatypeRule.OfReference(type.getTargetProfile().stream()
                .map(target -> target.getValue().replaceAll(".*/", ""))
                .collect(Collectors.toSet()));
    }

    private Rule extension(ElementDefinition element) {
        boolean nested = profile.getType().equals("Extension");
        boolean ofDefinition = nested
                && !profile.getUrl().equals(TYPES + "Extension")
                && element.getPath().equals("Extension.extension");
        Set<String> parts = ofDefinition
                ? snapshot.stream()
                        .filter(each -> each.getPath().equals("Extension.extension.url") && each.hasFixed())
                        .map(each -> each.getFixed().primitiveValue())
                        .collect(Collectors.toSet())
                : null;
        return new ExtensionRule(definitions::extension, parts, nested);
    }

    private @Nullable Binding binding(ElementDefinition element) {
        ElementDefinitionBindingComponent binding = element.getBinding();
        if (!binding.hasValueSet()) {
            return null;
        }
        ValueSet valueSet = definitions.valueSet(binding.getValueSet());
        return valueSet == null ? null : new Binding(binding.getValueSet(), binding.getStrength(), valueSet);
    }

    private static Optional<Rule> fixed(ElementDefinition element) {
        if (element.getFixed() != null) {
            return element.getFixed().isPrimitive()
                    ? Optional.of(new FixedRule.Primitive(element.getFixed().primitiveValue()))
                    : Optional.of(
                            new UnknownRule("a fixed " + element.getFixed().fhirType()));
        }
        if (element.getPattern() == null) {
            return Optional.empty();
        }
        if (element.getPattern() instanceof org.hl7.fhir.r5.model.Coding coding
                && !coding.hasVersion()
                && !coding.hasDisplay()
                && !coding.hasUserSelected()
                && !coding.hasExtension()) {
            return Optional.of(new FixedRule.CodingPattern(coding.getSystem(), coding.getCode()));
        }
        return Optional.of(
                new UnknownRule("a pattern of " + element.getPattern().fhirType()));
    }

    private List<Rule> invariants(ElementDefinition element) {
        return element.getConstraint().stream()
                .filter(constraint -> constraint.hasExpression() && !"dom-3".equals(constraint.getKey()))
                // Advice on good style is switched off.
                .filter(constraint -> !"true".equals(String.valueOf(constraint.getExtensionString(BEST_PRACTICE))))
                .flatMap(constraint -> definitions.invariant(constraint.getKey(), constraint.getExpression()).stream())
                .toList();
    }

    /** Parts have no type of their own, and values are only looked at as they are written. */
    private static boolean isProfiledWithoutDefinition(TypeRefComponent type) {
        String code = type.getWorkingCode();
        return type.hasProfile() && (WITHOUT_TYPE.contains(code) || Character.isLowerCase(code.charAt(0)));
    }

    private List<String> unknownIn(ElementDefinition element) {
        List<String> unknown = new ArrayList<>();
        if (element.hasMinValue() || element.hasMaxValue()) {
            unknown.add("a least or greatest value");
        }
        if (element.getMustHaveValue() || element.hasValueAlternatives()) {
            unknown.add("a value that must stand");
        }
        if (element.getBinding().hasAdditional()) {
            unknown.add("a further binding");
        }
        if (element.getBinding().hasValueSet()
                && definitions.valueSet(element.getBinding().getValueSet()) == null
                && !definitions.isLeftOpen(element.getBinding().getValueSet())) {
            unknown.add("a value set that is not known");
        }
        if (element.getType().stream().anyMatch(type -> type.getProfile().size() > 1)) {
            unknown.add("a choice of profiles");
        }
        if (element.getType().stream().anyMatch(CompilesProfile::isProfiledWithoutDefinition)) {
            unknown.add("a profile of a part or of a value");
        }
        element.getExtension().stream()
                .map(extension -> extension.getUrl())
                .filter(url -> !definitions.isHarmless(url))
                .forEach(unknown::add);
        return unknown;
    }
}
