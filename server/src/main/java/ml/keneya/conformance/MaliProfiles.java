package ml.keneya.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;

/** Mali's profiles, and which of them every resource of a type must meet whether or not it claims to. */
public class MaliProfiles {

    private final Map<String, StructureDefinition> byUrl = new TreeMap<>();
    private final Map<String, String> baseByType = new TreeMap<>();
    private final Map<String, String> rulesInEnglish = new TreeMap<>();

    MaliProfiles(ConformancePackages packages) {
        packages.resources()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .forEach(this::add);
    }

    private void add(StructureDefinition definition) {
        byUrl.put(definition.getUrl(), definition);
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
}
