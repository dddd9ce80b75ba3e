package ml.keneya.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;

/**
 * Mali's profiles, and which of them a resource must meet whether or not it claims to: by its type, or by its codes.
 */
public class MaliProfiles {

    private final Map<String, StructureDefinition> byUrl = new TreeMap<>();
    private final Map<String, String> baseByType = new TreeMap<>();
    private final Map<String, String> rulesInEnglish = new TreeMap<>();
    private final Map<String, List<SelectedProfile>> selectedByType = new TreeMap<>();

    MaliProfiles(ConformancePackages packages) {
        packages.resources()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .forEach(definition -> add(definition, ProfileSelector.of(definition, packages)));
    }

    private void add(StructureDefinition definition, List<ProfileSelector> selectors) {
        byUrl.put(definition.getUrl(), definition);
        if (!selectors.isEmpty()) {
            selectedByType
                    .computeIfAbsent(definition.getType(), type -> new ArrayList<>())
                    .add(new SelectedProfile(definition, selectors));
        }
        definition.getDifferential().getElement().stream()
                .flatMap(element -> element.getConstraint().stream())
                .forEach(rule ->
                        rulesInEnglish.put(rule.getKey(), rule.getHumanElement().getTranslation("en")));
        boolean resourceProfile = definition.getKind() == StructureDefinitionKind.RESOURCE;
        if (resourceProfile && definition.getId().endsWith(idOfBaseProfile(definition.getType()))) {
            baseByType.put(definition.getType(), definition.getUrl());
        }
    }

    /** The profile that always applies to a resource type, by its id: {@code ml-} and the type in kebab case. */
    public Optional<String> baseOf(String resourceType) {
        return Optional.ofNullable(baseByType.get(resourceType));
    }

    /**
     * The profiles that a record must meet whether or not it claims them: those that one of its codes selects, and the
     * profile of its type unless one of them builds on it and so repeats its rules.
     */
    public List<String> applyingTo(Resource resource) {
        List<StructureDefinition> selected = selectedByType.getOrDefault(resource.fhirType(), List.of()).stream()
                .filter(each -> each.selects(resource))
                .map(SelectedProfile::profile)
                .toList();
        return Stream.concat(
                        baseOf(resource.fhirType()).stream()
                                .filter(base -> selected.stream().noneMatch(each -> buildsOn(each, base))),
                        selected.stream().map(StructureDefinition::getUrl))
                .toList();
    }

    private boolean buildsOn(StructureDefinition profile, String base) {
        StructureDefinition below = byUrl.get(profile.getBaseDefinition());
        return base.equals(profile.getBaseDefinition()) || (below != null && buildsOn(below, base));
    }

    public boolean contains(String canonical) {
        return byUrl.containsKey(canonical.replaceAll("\\|.*", ""));
    }

    /** What a rule of ours asks, in English; the profiles say it in French and keep the English beside it. */
    public Optional<String> ruleInEnglish(String key) {
        return Optional.ofNullable(rulesInEnglish.get(key));
    }

    /** Canonical URLs of the profiles of one resource type. */
    public List<String> of(String resourceType) {
        return byUrl.values().stream()
                .filter(definition -> definition.getKind() == StructureDefinitionKind.RESOURCE)
                .filter(definition -> definition.getType().equals(resourceType))
                .map(StructureDefinition::getUrl)
                .toList();
    }

    private static String idOfBaseProfile(String resourceType) {
        return "ml-" + resourceType.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private record SelectedProfile(StructureDefinition profile, List<ProfileSelector> selectors) {

        boolean selects(Resource resource) {
            return selectors.stream().anyMatch(selector -> selector.selects(resource));
        }
    }
}
