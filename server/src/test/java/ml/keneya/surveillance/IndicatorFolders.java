package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every folder that is an indicator, those of the tests too: a new one is held to what is said of all. */
final class IndicatorFolders {

    private static final List<String> SHIPPED = List.of(
            "ml-idsr-weekly",
            "ml-idsr-completeness",
            "ml-idsr-declared",
            "ml-epi-doses",
            "ml-epi-cohort",
            "ml-epi-coverage-by-cohort",
            "ml-maternal",
            "ml-nutrition-screening",
            "ml-tele-expertise-answers",
            "ml-social-people",
            "ml-social-consultations",
            "ml-telehealth-activity");

    private IndicatorFolders() {}

    static List<String> names() {
        List<String> found = onClassPath();
        assertThat(found).containsAll(SHIPPED);
        return found;
    }

    private static List<String> onClassPath() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:ml.keneya.indicators/*/figures.sql"))
                    .map(IndicatorFolders::folderOf)
                    .sorted()
                    .toList();
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
}
