package ml.keneya.surveillance;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.Measure;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The indicators: folders on the class path with a statement and a Measure (unless the guide holds it already). Adding
 * one needs no Java.
 */
@Component
class Indicators {

    private static final String FOLDER = "ml.keneya.indicators/";
    private static final Pattern PART = Pattern.compile("\\{\\{([a-z]+)}}");

    private final Map<String, Indicator> byId = new TreeMap<>();
    private final Map<String, Measure> own = new TreeMap<>();

    Indicators(ConformancePackages packages, FhirContext context) {
        for (String id : ids()) {
            Optional<String> file = text(id + "/Measure.json");
            file.ifPresent(json -> own.put(id, context.newJsonParser().parseResource(Measure.class, json)));
            Measure measure = Optional.ofNullable(own.get(id))
                    .or(() -> inGuide(packages, id))
                    .orElseThrow(() -> new IllegalStateException("Indicator " + id + " has no Measure."));
            byId.put(id, new Indicator(measure, sql(id + "/figures.sql")));
        }
    }

    Optional<Indicator> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Indicator get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no indicator " + id));
    }

    /** The Measures that are not in the guide, which the exchange installs itself. */
    List<Measure> ownMeasures() {
        return List.copyOf(own.values());
    }

    /** A statement with its shared parts put in. */
    static String sql(String file) {
        String text = text(file).orElseThrow(() -> new IllegalStateException("There is no " + FOLDER + file));
        return PART.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(
                        sql("parts/" + part.group(1) + ".sql").strip()));
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
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "*/figures.sql");
            return Arrays.stream(found).map(Indicators::folderOf).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String folderOf(Resource file) {
        try {
            String[] path = file.getURL().getPath().split("/");
            return path[path.length - 2];
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<String> text(String file) {
        ClassPathResource resource = new ClassPathResource(FOLDER + file);
        try {
            return resource.exists()
                    ? Optional.of(resource.getContentAsString(StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
