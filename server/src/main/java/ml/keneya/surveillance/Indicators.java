package ml.keneya.surveillance;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.conformance.MapsBesidePackages;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The indicators: folders on the class path with a statement, a Measure (unless the guide holds it already) and, if
 * DHIS2 has codes for its figures, a ConceptMap. Adding one needs no Java.
 */
@Component
class Indicators implements MapsBesidePackages {

    private final Map<String, Indicator> byId = new TreeMap<>();
    private final Map<String, Measure> own = new TreeMap<>();
    private final List<ConceptMap> maps = new ArrayList<>();

    Indicators(ConformancePackages packages, FhirContext context) {
        for (String id : ids()) {
            Optional<String> file = Statements.text(id + "/Measure.json");
            file.ifPresent(json -> own.put(id, context.newJsonParser().parseResource(Measure.class, json)));
            Measure measure = Optional.ofNullable(own.get(id))
                    .or(() -> inGuide(packages, id))
                    .orElseThrow(() -> new IllegalStateException("Indicator " + id + " has no Measure."));
            Optional<ConceptMap> map = Statements.text(id + "/ConceptMap.json")
                    .map(json -> context.newJsonParser().parseResource(ConceptMap.class, json));
            map.ifPresent(maps::add);
            byId.put(
                    id,
                    new Indicator(
                            measure,
                            Statements.read(id + "/figures.sql"),
                            rates(id),
                            map.map(DataSet::of).orElse(null)));
        }
    }

    Optional<Indicator> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Indicator get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no indicator " + id));
    }

    @Override
    public List<ConceptMap> maps() {
        return List.copyOf(maps);
    }

    /** The Measures and ConceptMaps that are not in the guide, which the exchange installs itself. */
    List<Resource> ownDefinitions() {
        return Stream.concat(own.values().stream(), maps.stream())
                .map(Resource.class::cast)
                .toList();
    }

    /** A list may be made of the indicator's own figures, which stand where it says so. */
    private static @Nullable String rates(String id) {
        return Statements.text(id + "/rates.sql")
                .map(text -> text.replace("{{figures}}", Statements.read(id + "/figures.sql")))
                .map(Statements::filled)
                .orElse(null);
    }

    private static Optional<Measure> inGuide(ConformancePackages packages, String id) {
        return packages.profiles().resources().stream()
                .filter(Measure.class::isInstance)
                .map(Measure.class::cast)
                .filter(measure -> id.equals(measure.getIdPart()))
                .findFirst();
    }

    private static List<String> ids() {
        try {
            var found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + Statements.FOLDER + "*/figures.sql");
            return Arrays.stream(found).map(Indicators::folderOf).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String folderOf(org.springframework.core.io.Resource file) {
        try {
            String[] path = file.getURL().getPath().split("/");
            return path[path.length - 2];
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
