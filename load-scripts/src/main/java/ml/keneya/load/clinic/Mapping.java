package ml.keneya.load.clinic;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.sheets.SheetForm;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * How a clinic's spreadsheets differ from ours: names of files, columns and values, written in YAML with French words.
 *
 * @param site the code of the clinic, where the mapping says it
 */
record Mapping(Optional<String> site, Charset charset, Map<String, OfSheet> sheets) {
    static final String FILE = "correspondance.yaml";

    private static final Set<String> WORDS = Set.of("site", "encodage", "fichiers");
    private static final Set<String> SHEET_WORDS = Set.of("fichier", "colonnes", "valeurs");

    /** The differences of one spreadsheet. */
    record OfSheet(String file, Map<String, String> columns, Map<String, Map<String, String>> values) {}

    /** A mapping that cannot be used. */
    private static final class UnusableMappingException extends ExplainedException {
        private UnusableMappingException(@Nullable Throwable cause, String key, Object... values) {
            super(ExitStatus.MISUSED, cause, key, values);
        }
    }

    static Mapping none() {
        return new Mapping(Optional.empty(), StandardCharsets.UTF_8, Map.of());
    }

    static Mapping read(Path file) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (Reader text = Files.newBufferedReader(file)) {
            return of(file, yaml.load(text));
        } catch (YAMLException | IOException broken) {
            String where =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            throw new UnusableMappingException(broken, "mapping.unreadable", file, where);
        }
    }

    private static Mapping of(Path file, @Nullable Object document) {
        Map<String, Object> words = object(file, "", document);
        known(file, words.keySet(), WORDS);
        Map<String, OfSheet> sheets = new LinkedHashMap<>();
        List<String> titles =
                Arrays.stream(ExportSheet.values()).map(ExportSheet::title).toList();
        object(file, "fichiers", words.get("fichiers")).forEach((title, differences) -> {
            known(file, Set.of(title), titles);
            sheets.put(title, sheet(file, title, differences));
        });
        Object site = words.get("site");
        return new Mapping(
                Optional.ofNullable(site).map(String::valueOf), charset(file, words.get("encodage")), sheets);
    }

    private static OfSheet sheet(Path file, String title, Object document) {
        Map<String, Object> words = object(file, title, document);
        known(file, words.keySet(), SHEET_WORDS);
        List<String> columns = Arrays.stream(ExportSheet.values())
                .filter(sheet -> sheet.title().equals(title))
                .flatMap(sheet -> sheet.columns().stream())
                .toList();
        Map<String, String> headings = new LinkedHashMap<>();
        object(file, "colonnes", words.get("colonnes"))
                .forEach((column, heading) -> headings.put(column, String.valueOf(heading)));
        known(file, headings.keySet(), columns);
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        object(file, "valeurs", words.get("valeurs")).forEach((column, table) -> {
            Map<String, String> ours = new LinkedHashMap<>();
            object(file, column, table).forEach((theirs, our) -> ours.put(theirs, String.valueOf(our)));
            values.put(column, ours);
        });
        known(file, values.keySet(), columns);
        return new OfSheet(String.valueOf(words.getOrDefault("fichier", title + ".csv")), headings, values);
    }

    private static Map<String, Object> object(Path file, String name, @Nullable Object node) {
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

    private static void known(Path file, Collection<String> used, Collection<String> known) {
        for (String word : used) {
            if (!known.contains(word)) {
                String possible = String.join(", ", known.stream().sorted().toList());
                throw new UnusableMappingException(null, "mapping.unknown", file, word, possible);
            }
        }
    }

    private static Charset charset(Path file, @Nullable Object name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(String.valueOf(name));
        } catch (IllegalArgumentException unknown) {
            throw new UnusableMappingException(
                    unknown, "mapping.unknown", file, String.valueOf(name), "UTF-8, windows-1252");
        }
    }

    private Optional<OfSheet> of(ExportSheet sheet) {
        return Optional.ofNullable(sheets.get(sheet.title()));
    }

    /** Whether the mapping speaks of a spreadsheet, so that it has to be there. */
    boolean names(ExportSheet sheet) {
        return sheets.containsKey(sheet.title());
    }

    String file(ExportSheet sheet) {
        return of(sheet).map(OfSheet::file).orElse(sheet.title() + ".csv");
    }

    SheetForm form(ExportSheet sheet) {
        return new SheetForm(
                sheet.columns(),
                sheet.required(),
                of(sheet).map(OfSheet::columns).orElse(Map.of()),
                of(sheet).map(OfSheet::values).orElse(Map.of()),
                charset);
    }
}
