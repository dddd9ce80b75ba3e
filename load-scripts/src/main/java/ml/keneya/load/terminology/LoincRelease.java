package ml.keneya.load.terminology;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LOINC as the Regenstrief Institute distributes it: {@code Loinc.csv}, alone or in the archive, with the hierarchy,
 * the answer lists and the French names that stand beside it there.
 */
final class LoincRelease implements PublishedForm {
    private static final String SYSTEM = "http://loinc.org";
    private static final String TERMS = "Loinc.csv";
    private static final String ANSWERS = "AnswerList.csv";
    private static final Pattern HIERARCHY =
            Pattern.compile("ComponentHierarchyBySystem\\.csv|MultiAxialHierarchy\\.csv");

    /** For example {@code frFR18LinguisticVariant.csv}. */
    private static final Pattern FRENCH = Pattern.compile("fr[A-Z]{2}\\d+LinguisticVariant\\.csv");

    private static final Pattern VERSION = Pattern.compile("(?i)loinc[-_ ]?v?(\\d+\\.\\d+)");
    private static final List<String> PROPERTIES = List.of(
            "COMPONENT",
            "PROPERTY",
            "TIME_ASPCT",
            "SYSTEM",
            "SCALE_TYP",
            "METHOD_TYP",
            "CLASS",
            "CLASSTYPE",
            "STATUS",
            "ORDER_OBS");
    private static final int LONGEST_PROPERTY = 500;

    /** The notice that the licence asks for. */
    private static final String COPYRIGHT =
            "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute,"
                    + " Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at"
                    + " no cost under the license at http://loinc.org/license. LOINC® is a registered United States"
                    + " trademark of Regenstrief Institute, Inc.";

    private final String distributedAs;
    private final List<PublishedFile> files;

    private LoincRelease(String distributedAs, List<PublishedFile> files) {
        this.distributedAs = distributedAs;
        this.files = files;
    }

    static Optional<PublishedForm> in(Publication publication) {
        List<PublishedFile> terms = publication.files().stream()
                .filter(file -> file.baseName().equals(TERMS))
                .limit(1)
                .toList();
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        List<PublishedFile> files = new ArrayList<>(terms);
        publication.files().stream()
                .filter(file -> HIERARCHY.matcher(file.baseName()).matches()
                        || file.baseName().equals(ANSWERS)
                        || FRENCH.matcher(file.baseName()).matches())
                .forEach(files::add);
        return Optional.of(new LoincRelease(publication.name(), files));
    }

    @Override
    public List<PublishedFile> files() {
        return files;
    }

    @Override
    public Heading heading(HeadingOptions given) {
        Matcher version = VERSION.matcher(distributedAs);
        @Nullable String known = version.find() ? version.group(1) : null;
        return given.heading(SYSTEM, known, "LOINC", "en", COPYRIGHT);
    }

    @Override
    public void read(PublishedFile file, Heading heading, FactSink into) throws IOException {
        try (Table table = Table.open(file)) {
            String name = file.baseName();
            if (name.equals(TERMS)) {
                require(table, name, "loinc_num", "long_common_name", "status");
                table.each(row -> term(row, into));
            } else if (name.equals(ANSWERS)) {
                require(table, name, "answerlistid", "answerstringid", "displaytext");
                table.each(row -> answer(row, into));
            } else if (HIERARCHY.matcher(name).matches()) {
                require(table, name, "immediate_parent", "code", "code_text");
                table.each(row -> place(row, into));
            } else {
                require(table, name, "loinc_num");
                String language = name.substring(0, 2) + "-" + name.substring(2, 4);
                table.each(row -> translate(row, language, into));
            }
        }
    }

    private static void require(Table table, String name, String... headings) {
        for (String heading : headings) {
            if (!table.has(heading)) {
                throw new TerminologyException("terminology.no-column", name, heading);
            }
        }
    }

    private static void term(Table.Row row, FactSink into) {
        String code = row.get("loinc_num");
        if (code.isEmpty()) {
            return;
        }
        into.concept(code, row.get("status").equals("DEPRECATED"), row.get("definitiondescription"));
        into.name(code, code + "|en", "en", row.get("long_common_name"), FactSink.FIRST);
        into.name(code, code + "|en-display", "en", row.get("displayname"), FactSink.OTHER);
        into.name(code, code + "|en-short", "en", row.get("shortname"), FactSink.OTHER);
        for (String property : PROPERTIES) {
            String value = row.get(Table.plain(property));
            if (value.length() <= LONGEST_PROPERTY) {
                into.property(code, property, value);
            }
        }
    }

    private static void answer(Table.Row row, FactSink into) {
        String code = row.get("answerstringid");
        // Some lists stand for a whole system of somebody else and name no answers.
        if (code.startsWith("LA")) {
            into.concept(code, false, "");
            into.name(code, code + "|en", "en", row.get("displaytext"), FactSink.FIRST);
            into.property(code, "LIST", row.get("answerlistid"));
        }
    }

    private static void place(Table.Row row, FactSink into) {
        String code = row.get("code");
        if (code.startsWith("LP")) {
            into.concept(code, false, "");
            into.name(code, code + "|en", "en", row.get("code_text"), FactSink.FIRST);
        }
        if (!code.isEmpty() && !row.get("immediate_parent").isEmpty()) {
            into.parent(code, row.get("immediate_parent"));
        }
    }

    /** Where the translators made no name to show, the parts of the term make one. */
    private static void translate(Table.Row row, String language, FactSink into) {
        String code = row.get("loinc_num");
        String name = row.get("linguisticvariantdisplayname");
        if (name.isEmpty()) {
            name = row.get("long_common_name");
        }
        if (name.isEmpty() && !row.get("component").isEmpty()) {
            name = String.join(
                            ":",
                            row.get("component"),
                            row.get("property"),
                            row.get("time_aspct"),
                            row.get("system"),
                            row.get("scale_typ"),
                            row.get("method_typ"))
                    .replaceAll(":+$", "");
        }
        if (!code.isEmpty()) {
            into.name(code, code + "|" + language, language, name, FactSink.FIRST);
        }
    }
}
