package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class SettingsManualTest {

    private static final Path MANUAL = Path.of(System.getProperty("basedir", ""), "../docs/operations/running.md");

    /** A row of the table of settings: property, then the variable that sets it, if there is one. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `(keneya\\.[a-z.-]+)` \\| (?:`(\\w+)`)? *\\|", Pattern.MULTILINE);

    @Test
    void namesEverySettingAndNoOther() throws IOException {
        Set<String> documented = ROW.matcher(Files.readString(MANUAL))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(settings());
    }

    @Test
    void namesTheVariableThatSpringDerivesFromTheProperty() throws IOException {
        assertThat(ROW.matcher(Files.readString(MANUAL)).results())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.group(2))
                        .isIn(null, row.group(1).toUpperCase().replaceAll("[.-]", "_")));
    }

    private static Set<String> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("ml.keneya").stream()
                .flatMap(definition -> properties(load(definition.getBeanClassName())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> properties(Class<?> settings) {
        String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
        return Arrays.stream(settings.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> prefix + "." + name.replaceAll("(?=[A-Z])", "-").toLowerCase());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
