package ml.keneya.views.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.CompilesViews;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The ViewDefinitions of the exchange: files beside the profiles and those of the operator's folder, compiled once; a
 * mistake in one stops the start and names the file (decision 0102).
 */
@Component
public class Definitions {

    private static final String NAMES = "ViewDefinition-*.json";
    private static final String OURS = "classpath*:ml.keneya.views/" + NAMES;

    private final List<CompiledView> views;

    Definitions(CompilesViews compiler, ViewsSettings settings) {
        List<Resource> files = new ArrayList<>(files(OURS));
        if (files.isEmpty()) {
            throw new IllegalStateException("There are no view definitions, and every table would be withdrawn.");
        }
        Path folder = settings.folder();
        if (folder != null) {
            files.addAll(filesIn(folder));
        }
        this.views = files.stream().map(file -> compile(compiler, file)).toList();
        refuseTheSameNameTwice();
    }

    public List<CompiledView> all() {
        return views;
    }

    /** @param name of the view, which is also its id */
    public Optional<CompiledView> named(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /**
     * Without them the tables of the operator would be withdrawn, which nobody wants of a folder that is not mounted.
     */
    private static List<Resource> filesIn(Path folder) {
        List<Resource> found = files(folder.toAbsolutePath().toUri() + NAMES);
        if (found.isEmpty()) {
            throw new IllegalStateException("The folder " + folder
                    + " of keneya.views.folder is missing or has no ViewDefinition-NAME.json in it. Correct the path,"
                    + " or leave the setting out.");
        }
        return found;
    }

    private static CompiledView compile(CompilesViews compiler, Resource file) {
        try {
            return compiler.compile(file.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (RefusedException wrong) {
            throw new IllegalStateException(file.getFilename() + ": " + wrong.refusals(), wrong);
        }
    }

    private void refuseTheSameNameTwice() {
        Set<String> names = new HashSet<>();
        views.stream().map(CompiledView::name).filter(name -> !names.add(name)).forEach(name -> {
            throw new IllegalStateException("Two files define the view " + name + ". Give yours another name.");
        });
    }

    private static List<Resource> files(String pattern) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern))
                    .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
