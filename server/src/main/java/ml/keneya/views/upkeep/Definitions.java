package ml.keneya.views.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.CompilesViews;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The ViewDefinitions of the exchange: files beside the profiles, compiled once; a mistake in one stops the start. */
@Component
public class Definitions {

    private static final String FILES = "classpath*:ml.keneya.views/ViewDefinition-*.json";

    private final List<CompiledView> views;

    Definitions(CompilesViews compiler) {
        this.views = files().stream().map(compiler::compile).toList();
    }

    public List<CompiledView> all() {
        return views;
    }

    /** @param name of the view, which is also its id */
    public Optional<CompiledView> named(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private static List<String> files() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(FILES);
            if (found.length == 0) {
                throw new IllegalStateException("There are no view definitions, and every table would be withdrawn.");
            }
            return Arrays.stream(found)
                    .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
                    .map(Definitions::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
