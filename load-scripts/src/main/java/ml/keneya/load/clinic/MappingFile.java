package ml.keneya.load.clinic;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The words of a mapping in YAML; whatever it does not know it names, with what would be possible. */
record MappingFile(Path file) {

    /** A mapping that cannot be used. */
    private static final class UnusableMappingException extends ExplainedException {
        private UnusableMappingException(@Nullable Throwable cause, String key, Object... values) {
            super(ExitStatus.MISUSED, cause, key, values);
        }
    }

    Map<String, Object> read(Collection<String> words) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (Reader text = Files.newBufferedReader(file)) {
            return object("", yaml.load(text), words);
        } catch (YAMLException | IOException broken) {
            String where =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            throw new UnusableMappingException(broken, "mapping.unreadable", file, where);
        }
    }

    /** The entries below a word, of which only {@code known} may be used. */
    Map<String, Object> object(String name, @Nullable Object node, Collection<String> known) {
        Map<String, Object> words = object(name, node);
        known(words.keySet(), known);
        return words;
    }

    /** The entries below a word, whatever they are called. */
    Map<String, Object> object(String name, @Nullable Object node) {
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof Map<?, ?> entries)) {
            throw new UnusableMappingException(null, "mapping.no-list", file, name);
        }
        Map<String, Object> words = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (value != null) {
                words.put(String.valueOf(key), value);
            }
        });
        return words;
    }

    /** The same as text. */
    Map<String, String> texts(String name, @Nullable Object node) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name, node).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    void known(Collection<String> used, Collection<String> known) {
        for (String word : used) {
            if (!known.contains(word)) {
                String possible = String.join(", ", known.stream().sorted().toList());
                throw new UnusableMappingException(null, "mapping.unknown", file, word, possible);
            }
        }
    }

    /** The name of a file that lies in the folder itself. */
    String name(String word, Object value) {
        String name = String.valueOf(value);
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.equals("..")) {
            throw new UnusableMappingException(null, "mapping.no-name", file, word, name);
        }
        return name;
    }

    Charset charset(@Nullable Object name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(String.valueOf(name));
        } catch (IllegalArgumentException unknown) {
            throw new UnusableMappingException(
                    unknown, "mapping.unknown", file, String.valueOf(name), "UTF-8, windows-1252");
        }
    }

    /** A mapping that lacks what it is used for. */
    ExplainedException without(String word) {
        return new UnusableMappingException(null, "mapping.without", file, word);
    }
}
