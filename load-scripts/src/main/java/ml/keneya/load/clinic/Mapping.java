package ml.keneya.load.clinic;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.sheets.SheetForm;

/**
 * How a clinic's spreadsheets differ from ours: names of files, columns and values, written in YAML with French words.
 *
 * @param site the code of the clinic, where the mapping says it
 * @param register how to read one register instead of a folder, where the mapping says it
 */
record Mapping(
        Optional<String> site, Charset charset, Map<String, OfSheet> sheets, Optional<RegisterMapping> register) {
    static final String FILE = "correspondance.yaml";

    private static final Set<String> WORDS = Set.of("site", "encodage", "fichiers", "registre");
    private static final Set<String> SHEET_WORDS = Set.of("fichier", "colonnes", "valeurs");

    /** The differences of one spreadsheet. */
    record OfSheet(String file, Map<String, String> columns, Map<String, Map<String, String>> values) {}

    static Mapping none() {
        return new Mapping(Optional.empty(), StandardCharsets.UTF_8, Map.of(), Optional.empty());
    }

    static Mapping read(Path path) {
        var file = new MappingFile(path);
        Map<String, Object> words = file.read(WORDS);
        Map<String, OfSheet> sheets = new LinkedHashMap<>();
        List<String> titles =
                Arrays.stream(ExportSheet.values()).map(ExportSheet::title).toList();
        file.object("fichiers", words.get("fichiers"), titles)
                .forEach((title, differences) -> sheets.put(title, sheet(file, title, differences)));
        return new Mapping(
                Optional.ofNullable(words.get("site")).map(String::valueOf),
                file.charset(words.get("encodage")),
                sheets,
                Optional.ofNullable(words.get("registre")).map(register -> RegisterMapping.of(file, register)));
    }

    private static OfSheet sheet(MappingFile file, String title, Object document) {
        Map<String, Object> words = file.object(title, document, SHEET_WORDS);
        List<String> columns = Arrays.stream(ExportSheet.values())
                .filter(sheet -> sheet.title().equals(title))
                .flatMap(sheet -> sheet.columns().stream())
                .toList();
        return new OfSheet(
                file.name("fichier", words.getOrDefault("fichier", title + ".csv")),
                headings(file, words, columns),
                values(file, words, columns));
    }

    static Map<String, String> headings(MappingFile file, Map<String, Object> words, List<String> columns) {
        Map<String, String> headings = file.texts("colonnes", words.get("colonnes"));
        file.known(headings.keySet(), columns);
        return headings;
    }

    static Map<String, Map<String, String>> values(MappingFile file, Map<String, Object> words, List<String> columns) {
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        file.object("valeurs", words.get("valeurs"), columns)
                .forEach((column, table) -> values.put(column, file.texts(column, table)));
        return values;
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
