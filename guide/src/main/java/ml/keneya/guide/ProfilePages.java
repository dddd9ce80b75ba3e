package ml.keneya.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionContextComponent;

/** The profiles by group, one page each, and the extensions. */
final class ProfilePages {

    private static final String AREA = "Profiles";

    private final ConformanceContent content;
    private final List<Example> examples;
    private final List<SearchParameter> searchParameters;
    private final Words words;
    private final Elements elements;

    ProfilePages(
            ConformanceContent content, List<Example> examples, List<SearchParameter> searchParameters, Words words) {
        this.content = content;
        this.examples = examples;
        this.searchParameters = searchParameters;
        this.words = words;
        this.elements = new Elements(content, words);
    }

    void write(Site site) {
        site.page("profiles.html", "profiles", AREA, words.text("profiles"), Map.of("groups", groups()));
        site.page(
                "extensions.html",
                "extensions",
                AREA,
                words.text("extensions"),
                Map.of(
                        "extensions",
                        content.extensions().stream().map(Entry::of).toList()));
        content.profiles().forEach(profile -> page(site, profile));
        content.extensions().forEach(extension -> page(site, extension));
    }

    /** In the order of the groups; a type that no group names goes to the last. */
    private List<Group> groups() {
        Map<String, List<Entry>> byGroup = new TreeMap<>();
        content.profiles()
                .forEach(profile -> byGroup.computeIfAbsent(
                                words.groupOf(profile.getIdPart(), profile.getType()), key -> new ArrayList<>())
                        .add(Entry.of(profile)));
        return byGroup.entrySet().stream()
                .map(group -> new Group(words.text("group-" + group.getKey()), group.getValue()))
                .toList();
    }

    private void page(Site site, StructureDefinition definition) {
        boolean extension = ConformanceContent.isExtension(definition);
        Map<String, Object> model = new HashMap<>();
        model.put("id", definition.getIdPart());
        model.put("url", definition.getUrl());
        model.put("type", definition.getType());
        model.put("description", Text.of(definition.getDescriptionElement()));
        model.put("draft", "draft".equals(definition.getStatus().toCode()));
        model.put("extension", extension);
        model.put(
                "contexts",
                definition.getContext().stream()
                        .map(StructureDefinitionContextComponent::getExpression)
                        .toList());
        model.put("parent", parentOf(definition));
        model.put("search", searchOf(definition).map(List::of).orElse(List.of()));
        model.put("conditions", Conditions.of(definition, content));
        model.put("rows", elements.of(definition));
        model.put("rules", elements.rulesOf(definition));
        for (String verdict : List.of("valid", "warned", "invalid")) {
            model.put(verdict, examplesOf(definition, verdict));
        }
        model.put(
                "hasExamples", examples.stream().anyMatch(each -> each.profile().equals(definition.getIdPart())));
        model.put("usedBy", usersOf(definition));
        site.page(
                PageNames.page(definition), "profile", AREA, Text.of(definition.getTitleElement()), Map.copyOf(model));
    }

    private Link parentOf(StructureDefinition definition) {
        String base = definition.getBaseDefinition();
        String name = base.replaceAll(".*/", "");
        return new Link(name, content.byUrl(base).map(PageNames::page).orElse(""));
    }

    private Optional<Link> searchOf(StructureDefinition definition) {
        return searchParameters.stream()
                        .anyMatch(
                                parameter -> parameter.getBase().size() == 1 && parameter.hasBase(definition.getType()))
                ? Optional.of(new Link(definition.getType(), SearchPages.PAGE + "#" + definition.getType()))
                : Optional.empty();
    }

    private List<Map<String, Object>> examplesOf(StructureDefinition definition, String verdict) {
        return examples.stream()
                .filter(each -> each.profile().equals(definition.getIdPart())
                        && each.verdict().equals(verdict))
                .map(each -> Map.<String, Object>of(
                        "href", PageNames.example(each), "shows", each.shows(), "rule", each.rule()))
                .toList();
    }

    private List<Entry> usersOf(StructureDefinition definition) {
        return content.of(StructureDefinition.class).stream()
                .filter(other -> other.getDifferential().getElement().stream()
                        .flatMap(element -> element.getType().stream())
                        .anyMatch(type -> type.hasProfile(definition.getUrl())))
                .map(Entry::of)
                .toList();
    }

    record Group(Text title, List<Entry> entries) {}

    record Entry(String id, String href, Text title, Text description, String type) {

        static Entry of(StructureDefinition definition) {
            return new Entry(
                    definition.getIdPart(),
                    PageNames.page(definition),
                    Text.of(definition.getTitleElement()),
                    Text.of(definition.getDescriptionElement()),
                    definition.getType());
        }
    }
}
