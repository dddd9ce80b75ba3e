package ml.keneya.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/** Code systems, value sets, concept maps and identifier systems; long lists are cut into pages. */
final class TerminologyPages {

    /** As many rows as a cheap telephone shows without stumbling. */
    static final int PAGE = 200;

    private static final String AREA = "Terminology";

    private final ConformanceContent content;
    private final Words words;

    TerminologyPages(ConformanceContent content, Words words) {
        this.content = content;
        this.words = words;
    }

    void write(Site site) {
        site.page(
                "terminology.html",
                "terminology",
                AREA,
                words.text("terminology"),
                Map.of(
                        "codeSystems", entries(content.of(CodeSystem.class)),
                        "valueSets", entries(content.of(ValueSet.class)),
                        "conceptMaps", entries(content.of(ConceptMap.class))));
        content.of(CodeSystem.class).forEach(each -> paged(site, each, "codesystem", concepts(each)));
        content.of(ValueSet.class).forEach(each -> paged(site, each, "valueset", List.of()));
        content.of(ConceptMap.class).forEach(each -> paged(site, each, "conceptmap", pairs(each)));
        site.page(
                "identifiers.html",
                "identifiers",
                "Identifiers",
                words.text("identifiers"),
                Map.of(
                        "systems",
                        content.of(NamingSystem.class).stream()
                                .map(TerminologyPages::identifier)
                                .toList()));
    }

    private static List<Map<String, Object>> entries(List<? extends MetadataResource> resources) {
        return resources.stream()
                .map(each -> Map.<String, Object>of(
                        "href", PageNames.page(each),
                        "id", each.getIdElement().getIdPart(),
                        "title", titleOf(each),
                        "description", Text.of(descriptionOf(each)),
                        "draft", "draft".equals(each.getStatus().toCode())))
                .toList();
    }

    private static Text titleOf(MetadataResource resource) {
        return resource.getTitle() == null
                ? Text.of(resource.getIdElement().getIdPart(), null)
                : Text.of((StringType)
                        resource.getNamedProperty("title").getValues().get(0));
    }

    private static StringType descriptionOf(MetadataResource resource) {
        var values = resource.getNamedProperty("description").getValues();
        return values.isEmpty() ? new StringType("") : (StringType) values.get(0);
    }

    private void paged(Site site, MetadataResource resource, String template, List<Map<String, Object>> rows) {
        int pages = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
        for (int number = 1; number <= pages; number++) {
            Map<String, Object> model = new HashMap<>();
            model.put("id", resource.getIdElement().getIdPart());
            model.put("url", resource.getUrl());
            model.put("resourceVersion", String.valueOf(resource.getVersion()));
            model.put("description", Text.of(descriptionOf(resource)));
            model.put("draft", "draft".equals(resource.getStatus().toCode()));
            model.put("first", number == 1);
            model.put("total", rows.size());
            model.put("rows", rows.subList((number - 1) * PAGE, Math.min(rows.size(), number * PAGE)));
            model.put("pages", pages == 1 ? List.of() : pageLinks(resource, pages, number));
            model.put("copyright", copyrightOf(resource));
            if (resource instanceof ValueSet valueSet) {
                model.put("includes", includes(valueSet));
                model.put("bound", boundBy(valueSet));
            }
            if (resource instanceof CodeSystem system) {
                model.put("notPresent", system.getContent() == CodeSystemContentMode.NOTPRESENT);
                model.put("valueSets", valueSetsOf(system));
            }
            site.page(PageNames.page(resource, number), template, AREA, titleOf(resource), model);
        }
    }

    private static List<Map<String, Object>> pageLinks(Resource resource, int pages, int current) {
        return IntStream.rangeClosed(1, pages)
                .mapToObj(number -> Map.<String, Object>of(
                        "number", number, "href", PageNames.page(resource, number), "current", number == current))
                .toList();
    }

    private static String copyrightOf(MetadataResource resource) {
        var values = resource.getNamedProperty("copyright");
        return values == null || values.getValues().isEmpty()
                ? ""
                : values.getValues().get(0).primitiveValue();
    }

    private static List<Map<String, Object>> concepts(CodeSystem system) {
        List<Map<String, Object>> rows = new ArrayList<>();
        system.getConcept().forEach(concept -> collect(concept, 0, rows));
        return rows;
    }

    private static void collect(ConceptDefinitionComponent concept, int depth, List<Map<String, Object>> into) {
        Map<String, Object> row = new HashMap<>();
        row.put("code", concept.getCode());
        row.put("name", Concepts.name(concept));
        if (concept.hasDefinition()) {
            row.put("definition", Text.of(concept.getDefinitionElement()));
        }
        row.put("depth", Math.min(depth, 3));
        row.put(
                "properties",
                concept.getProperty().stream()
                        .filter(property -> property.hasValue())
                        .map(property -> property.getCode() + " = " + Concepts.words(property.getValue()))
                        .toList());
        into.add(row);
        concept.getConcept().forEach(child -> collect(child, depth + 1, into));
    }

    private static List<Map<String, Object>> pairs(ConceptMap map) {
        return map.getGroup().stream()
                .flatMap(group -> group.getElement().stream()
                        .flatMap(element ->
                                element.getTarget().stream().map(target -> pair(map, group, element, target))))
                .toList();
    }

    /** Of one that joins several systems each row says of which it speaks. */
    private static Map<String, Object> pair(
            ConceptMap map,
            ConceptMapGroupComponent group,
            SourceElementComponent element,
            TargetElementComponent target) {
        boolean several = map.getGroup().size() > 1;
        return Map.of(
                "source",
                element.getCode(),
                "sourceName",
                String.valueOf(element.hasDisplay() ? element.getDisplay() : ""),
                "sourceSystem",
                several ? shortened(group.getSource()) : "",
                "equivalence",
                target.getEquivalence().toCode(),
                "target",
                target.hasCode() ? target.getCode() : "–",
                "targetName",
                target.hasDisplay() ? target.getDisplay() : "",
                "targetSystem",
                several ? shortened(group.getTarget()) : "",
                "comment",
                target.hasComment() ? target.getComment() : "");
    }

    private static String shortened(String system) {
        return system.replaceAll(".*/CodeSystem/|^https?://", "");
    }

    private List<Map<String, Object>> includes(ValueSet valueSet) {
        return valueSet.getCompose().getInclude().stream().map(this::include).toList();
    }

    private Map<String, Object> include(ConceptSetComponent include) {
        Map<String, Object> model = new HashMap<>();
        String system = include.hasSystem() ? include.getSystem() : "";
        model.put("system", system);
        model.put("href", content.byUrl(system).map(PageNames::page).orElse(""));
        model.put("whole", !include.hasConcept() && !include.hasFilter());
        model.put(
                "filters",
                include.getFilter().stream()
                        .map(filter ->
                                filter.getProperty() + " " + filter.getOp().toCode() + " " + filter.getValue())
                        .toList());
        model.put(
                "concepts",
                include.getConcept().stream()
                        .map(concept -> Map.of(
                                "code",
                                concept.getCode(),
                                "name",
                                Concepts.name(concept).isEmpty()
                                        ? nameIn(system, concept.getCode())
                                        : Concepts.name(concept)))
                        .toList());
        return model;
    }

    private Text nameIn(String system, String code) {
        return content.byUrl(system)
                .filter(CodeSystem.class::isInstance)
                .flatMap(found -> Concepts.find(((CodeSystem) found).getConcept(), code))
                .map(Concepts::name)
                .orElse(Text.NONE);
    }

    private List<Link> boundBy(ValueSet valueSet) {
        return content.of(StructureDefinition.class).stream()
                .filter(profile -> profile.getDifferential().getElement().stream()
                        .anyMatch(element -> element.hasBinding()
                                && valueSet.getUrl().equals(element.getBinding().getValueSet())))
                .map(profile -> new Link(profile.getIdPart(), PageNames.page(profile)))
                .toList();
    }

    private List<Link> valueSetsOf(CodeSystem system) {
        return content.of(ValueSet.class).stream()
                .filter(valueSet -> valueSet.getCompose().getInclude().stream()
                        .anyMatch(include -> system.getUrl().equals(include.getSystem())))
                .map(valueSet -> new Link(valueSet.getIdPart(), PageNames.page(valueSet)))
                .collect(Collectors.toList());
    }

    private static Map<String, Object> identifier(NamingSystem system) {
        return Map.of(
                "id", system.getIdPart(),
                "uri", system.getUniqueIdFirstRep().getValue(),
                "title", Text.of(system.getType().getTextElement()),
                "description", Text.of(system.getDescriptionElement()),
                "responsible", system.hasResponsible() ? system.getResponsible() : "",
                "draft", "draft".equals(system.getStatus().toCode()));
    }
}
