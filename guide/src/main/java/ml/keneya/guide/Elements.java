package ml.keneya.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ConstraintSeverity;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionBindingComponent;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The elements table of a profile: what Mali says of an element, completed with what FHIR says of it. */
final class Elements {

    private final ConformanceContent content;
    private final Words words;

    Elements(ConformanceContent content, Words words) {
        this.content = content;
        this.words = words;
    }

    List<Row> of(StructureDefinition definition) {
        Map<String, ElementDefinition> complete = definition.getSnapshot().getElement().stream()
                .collect(Collectors.toMap(ElementDefinition::getId, Function.identity(), (first, second) -> first));
        List<Row> rows = new ArrayList<>();
        for (ElementDefinition element : definition.getDifferential().getElement()) {
            if (saysSomething(element)) {
                rows.add(row(element, complete.getOrDefault(element.getId(), element)));
            }
        }
        return rows;
    }

    List<Rule> rulesOf(StructureDefinition definition) {
        return definition.getDifferential().getElement().stream()
                .flatMap(element -> element.getConstraint().stream().map(rule -> rule(rule, element)))
                .toList();
    }

    /** How slices are told apart is for the validator; the reader sees the slices. */
    private static boolean saysSomething(ElementDefinition element) {
        return element.getPath().contains(".")
                ? !element.hasSlicing() || element.hasShort() || element.hasMin() || element.getMustSupport()
                : element.hasConstraint();
    }

    private Row row(ElementDefinition said, ElementDefinition complete) {
        String max = said.hasMax() ? said.getMax() : complete.getMax();
        int min = said.hasMin() ? said.getMin() : complete.getMin();
        String cardinality = max == null ? "" : min + "‥" + max;
        return new Row(
                parentOf(nameOf(said)),
                lastOf(nameOf(said)),
                depthOf(said),
                said.getPath().contains(".") ? cardinality : "",
                said.getMustSupport(),
                meaningOf(said, complete),
                whyOf(said),
                typesOf(said, complete),
                fixedOf(said),
                bindingOf(said).orElse(null),
                said.getConstraint().stream().map(rule -> rule(rule, said)).toList());
    }

    /** Mali's reason, or FHIR's own for what it asks of every extension: an address, and either a value or parts. */
    private @Nullable Text whyOf(ElementDefinition said) {
        if (said.hasRequirements()) {
            return Text.of(said.getRequirementsElement());
        }
        String id = said.getId();
        if (!id.startsWith("Extension.")) {
            return null;
        }
        if (id.endsWith(".url")) {
            return words.text("whyAddress");
        }
        return id.endsWith(".extension") || id.endsWith(".value[x]") ? words.text("whyValueOrParts") : null;
    }

    /** {@code Patient.identifier:nina.value} is written {@code identifier[nina].value}. */
    private static String nameOf(ElementDefinition element) {
        String id = element.getId();
        String relative = id.contains(".") ? id.substring(id.indexOf('.') + 1) : id;
        return relative.replaceAll(":([^.]+)", "[$1]").replace("[x][", "[x] [");
    }

    private static String parentOf(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int depthOf(ElementDefinition element) {
        int dots = (int)
                element.getPath().chars().filter(character -> character == '.').count();
        return Math.max(0, Math.min(3, dots - 1));
    }

    private Meaning meaningOf(ElementDefinition said, ElementDefinition complete) {
        if (!said.getPath().contains(".")) {
            return new Meaning(words.text("wholeRecord"), true);
        }
        if (said.hasShort()) {
            return new Meaning(Text.of(said.getShortElement()), true);
        }
        Optional<StructureDefinition> extension = extensionOf(said);
        if (extension.isPresent()) {
            return new Meaning(Text.of(extension.get().getTitleElement()), true);
        }
        String english = complete.hasShort() ? complete.getShort() : "";
        Optional<String> french = words.elementInFrench(said.getPath());
        return french.map(known -> new Meaning(new Text(known, english.isEmpty() ? known : english), true))
                .orElseGet(() -> new Meaning(new Text(english, english), english.isEmpty()));
    }

    private Optional<StructureDefinition> extensionOf(ElementDefinition element) {
        return element.getType().stream()
                .filter(type -> "Extension".equals(type.getCode()))
                .flatMap(type -> type.getProfile().stream())
                .flatMap(url -> content.byUrl(url.getValue()).stream())
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .findFirst();
    }

    private List<Link> typesOf(ElementDefinition said, ElementDefinition complete) {
        ElementDefinition typed = said.hasType() ? said : complete;
        return typed.getType().stream().flatMap(this::linksOf).toList();
    }

    private Stream<Link> linksOf(TypeRefComponent type) {
        List<CanonicalType> profiles = type.hasTargetProfile() ? type.getTargetProfile() : type.getProfile();
        String code = type.getWorkingCode().replaceAll("^http://hl7.org/fhirpath/System\\.", "");
        if (profiles.isEmpty()) {
            return Stream.of(new Link(code, null));
        }
        return profiles.stream().map(profile -> link(profile.getValue()));
    }

    /** To the page of one of ours; a name without a link for what is HL7's. */
    private Link link(String canonical) {
        String last = canonical.replaceAll("\\|.*", "").replaceAll(".*/", "");
        return content.byUrl(canonical)
                .map(ours -> new Link(last, PageNames.page(ours)))
                .orElseGet(() -> new Link(last, null));
    }

    private static String fixedOf(ElementDefinition element) {
        Type value = element.hasFixed() ? element.getFixed() : element.getPattern();
        if (value == null) {
            return "";
        }
        if (value instanceof CodeableConcept concept) {
            return concept.getCoding().stream().map(Elements::codeOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Coding coding) {
            return codeOf(coding);
        }
        return value.isPrimitive() ? value.primitiveValue() : "";
    }

    private static String codeOf(Coding coding) {
        return Stream.of(coding.getSystem(), coding.getCode())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining("#"));
    }

    private Optional<Binding> bindingOf(ElementDefinition element) {
        if (!element.hasBinding() || !element.getBinding().hasValueSet()) {
            return Optional.empty();
        }
        ElementDefinitionBindingComponent binding = element.getBinding();
        Link link = content.byUrl(binding.getValueSet())
                .map(list -> new Link(list.getIdElement().getIdPart(), PageNames.page(list)))
                .orElseGet(() -> new Link(binding.getValueSet(), null));
        return Optional.of(
                new Binding(link, words.text("strength-" + binding.getStrength().toCode())));
    }

    private static Rule rule(ElementDefinition.ElementDefinitionConstraintComponent rule, ElementDefinition element) {
        return new Rule(
                rule.getKey(),
                rule.getSeverity() == ConstraintSeverity.ERROR,
                Text.of(rule.getHumanElement()),
                String.valueOf(rule.getExpression()),
                element.getPath());
    }

    /**
     * @param parent the elements above it, with a dot at the end; empty at the top
     * @param depth how far its name is moved to the right
     * @param why the reason why Mali asks for it so, where it does
     * @param fixed the only value allowed, empty when there is a choice
     */
    record Row(
            String parent,
            String name,
            int depth,
            String cardinality,
            boolean expected,
            Meaning meaning,
            @Nullable Text why,
            List<Link> types,
            String fixed,
            @Nullable Binding binding,
            List<Rule> rules) {}

    /** @param translated false when only HL7's English is known */
    record Meaning(Text text, boolean translated) {}

    record Binding(Link list, Text strength) {}

    /** @param error whether breaking it refuses the record; otherwise it is kept with a remark */
    record Rule(String key, boolean error, Text reason, String expression, String path) {}
}
