package ml.keneya.load.terminology;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A code system in a table: a code, its name in one or more languages, what it stands under. Many publish so, and a
 * spreadsheet saved as CSV has this form too.
 */
final class ConceptTable implements PublishedForm {
    private static final List<String> CODE = List.of("code");
    private static final List<String> NAME = List.of("display", "libelle", "name", "nom", "title", "titre");
    private static final List<String> PARENT = List.of("parent", "code_parent", "parent_code");
    private static final List<String> DEFINITION = List.of("definition");
    private static final List<String> STATUS = List.of("status", "statut");
    /** The other columns are properties of the concept, under their own names. */
    private static final Set<String> KNOWN =
            Stream.of(CODE, PARENT, DEFINITION, STATUS).flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST_PROPERTY = 500;
    private static final Set<String> RETIRED =
            Set.of("retired", "inactive", "deprecated", "retire", "inactif", "supprime", "0");

    private final PublishedFile file;

    ConceptTable(PublishedFile file) {
        this.file = file;
    }

    @Override
    public List<PublishedFile> files() {
        return List.of(file);
    }

    @Override
    public Heading heading(HeadingOptions given) {
        return given.heading(null, null, file.baseName().replaceAll("\\.[^.]*$", ""), "fr", null);
    }

    @Override
    public void read(PublishedFile table, Heading heading, FactSink into) throws IOException {
        try (Table rows = Table.open(table)) {
            if (!rows.has("code")) {
                throw new TerminologyException("terminology.no-column", table.baseName(), "code");
            }
            List<String> names = rows.headings().stream()
                    .filter(each -> NAME.stream().anyMatch(name -> each.matches(name + "(_[a-z]{2})?")))
                    .toList();
            if (names.isEmpty()) {
                throw new TerminologyException("terminology.no-column", table.baseName(), "display");
            }
            List<String> properties = rows.headings().stream()
                    .filter(each -> !each.isEmpty() && !names.contains(each) && !KNOWN.contains(each))
                    .toList();
            rows.each(row -> read(row, names, properties, heading, into));
        }
    }

    private static void read(
            Table.Row row, List<String> names, List<String> properties, Heading heading, FactSink into) {
        String code = first(row, CODE);
        if (code.isEmpty()) {
            return;
        }
        String status = Table.plain(first(row, STATUS));
        into.concept(code, RETIRED.contains(status), first(row, DEFINITION));
        for (String name : names) {
            String language = name.matches(".*_[a-z]{2}")
                    ? name.substring(name.length() - 2).toLowerCase(Locale.ROOT)
                    : heading.language();
            into.name(code, code + "|" + name, language, row.get(name), FactSink.FIRST);
        }
        String parent = first(row, PARENT);
        if (!parent.isEmpty()) {
            into.parent(code, parent);
        }
        for (String property : properties) {
            String value = row.get(property);
            // What is longer is a text, and nobody looks for codes by it.
            if (value.length() <= LONGEST_PROPERTY) {
                into.property(code, property.replace('_', '-'), value);
            }
        }
    }

    private static String first(Table.Row row, List<String> headings) {
        return headings.stream()
                .map(row::get)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }
}
