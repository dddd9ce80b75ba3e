package ml.keneya.guide;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder of pages: every page is written twice, in {@code fr/} and in {@code en/}, from one template. */
final class Site {

    private final Path folder;
    private final Words words;
    private final String version;
    private final Map<Language, Mustache.Compiler> compilers = new EnumMap<>(Language.class);
    private final Map<String, Template> templates = new HashMap<>();

    Site(Path folder, Words words, String version) {
        this.folder = folder;
        this.words = words;
        this.version = version;
        for (Language language : Language.values()) {
            compilers.put(
                    language,
                    Mustache.compiler()
                            .withLoader(Site::template)
                            .withFormatter(
                                    value -> value instanceof Text text ? text.in(language) : String.valueOf(value))
                            .emptyStringIsFalse(true)
                            .defaultValue(""));
        }
        empty();
    }

    /** @param area the entry of the menu to which the page belongs */
    void page(String file, String template, String area, Text title, Map<String, ?> model) {
        for (Language language : Language.values()) {
            Map<String, Object> context = new HashMap<>(model);
            context.put("t", words.in(language));
            context.put("language", language.code());
            context.put("otherLanguage", language.other().code());
            context.put("file", file);
            context.put("title", title);
            context.put("version", version);
            context.put("in" + area, true);
            text(language.code() + "/" + file, compiled(language, template).execute(context));
        }
    }

    void text(String file, String content) {
        try {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    void asset(String name) {
        try (InputStream stream = resource("assets/" + name)) {
            text(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Template compiled(Language language, String template) {
        String name = template + "_" + language.code();
        return templates.computeIfAbsent(name, key -> {
            String file = Site.class.getResource("templates/" + name + ".mustache") == null ? template : name;
            return Objects.requireNonNull(compilers.get(language)).compile(template(file));
        });
    }

    private static Reader template(String name) {
        return new InputStreamReader(resource("templates/" + name + ".mustache"), StandardCharsets.UTF_8);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Site.class.getResourceAsStream(name), name);
    }

    /** A page of something that was deleted must not live on. */
    private void empty() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> old = Files.walk(folder)) {
            for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
