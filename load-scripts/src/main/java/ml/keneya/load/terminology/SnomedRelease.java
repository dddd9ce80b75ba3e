package ml.keneya.load.terminology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SNOMED CT in release format 2: the snapshot files of concepts, descriptions, languages and relationships, and the map
 * to ICD-10 (SNOMED International, "Release File Specification").
 */
final class SnomedRelease implements PublishedForm {
    static final String SYSTEM = "http://snomed.info/sct";

    private static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    private static final String INTERNATIONAL_MODULE = "900000000000207008";
    private static final String IS_A = "116680003";
    private static final String FULLY_SPECIFIED = "900000000000003001";
    private static final String PREFERRED = "900000000000548007";
    private static final String BRITISH = "900000000000508004";
    private static final String MAP_TO_ICD_10 = "447562003";

    /** As long as no language says which synonym it prefers. */
    private static final int SYNONYM = 3;

    private static final int PREFERRED_IN_BRITAIN = 1;

    private static final Pattern CONCEPTS = Pattern.compile("x?sct2_Concept_Snapshot_(\\w+)_(\\d{8})\\.txt");
    private static final Pattern DESCRIPTIONS = Pattern.compile("x?sct2_Description_Snapshot[-_].*\\.txt");
    private static final Pattern LANGUAGES = Pattern.compile("x?der2_cRefset_LanguageSnapshot[-_].*\\.txt");
    private static final Pattern RELATIONSHIPS = Pattern.compile("x?sct2_Relationship_Snapshot_.*\\.txt");
    private static final Pattern MAPS = Pattern.compile("x?der2_iisssccRefset_ExtendedMapSnapshot_.*\\.txt");
    private static final List<Pattern> IN_ORDER = List.of(CONCEPTS, DESCRIPTIONS, LANGUAGES, RELATIONSHIPS, MAPS);

    private final List<PublishedFile> files;

    private SnomedRelease(List<PublishedFile> files) {
        this.files = files;
    }

    static Optional<PublishedForm> in(List<PublishedFile> distributed) {
        List<PublishedFile> files = IN_ORDER.stream()
                .flatMap(pattern -> distributed.stream()
                        .filter(file -> pattern.matcher(file.baseName()).matches()))
                .toList();
        Stream<PublishedFile> concepts =
                files.stream().filter(file -> CONCEPTS.matcher(file.baseName()).matches());
        return concepts.findAny().map(found -> new SnomedRelease(files));
    }

    @Override
    public List<PublishedFile> files() {
        return files;
    }

    /** Only of the international edition do the names of the files say which module it is. */
    @Override
    public Heading heading(HeadingOptions given) {
        Matcher concepts = CONCEPTS.matcher(files.get(0).baseName());
        String version = concepts.matches() && concepts.group(1).startsWith("INT")
                ? SYSTEM + "/" + INTERNATIONAL_MODULE + "/version/" + concepts.group(2)
                : null;
        return given.heading(SYSTEM, version, "SNOMED CT", "en", "SNOMED CT © SNOMED International");
    }

    @Override
    public void read(PublishedFile file, Heading heading, FactSink into) throws IOException {
        Line reader = readerOf(file.baseName(), into);
        try (var lines = new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                if (cells.length >= reader.cells()) {
                    reader.reading().read(cells);
                } else if (!line.isBlank()) {
                    throw new TerminologyException("terminology.cells", file.baseName(), cells.length);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read(String[] cells);
    }

    private record Line(int cells, Reading reading) {}

    private static Line readerOf(String name, FactSink into) {
        if (CONCEPTS.matcher(name).matches()) {
            return new Line(5, cells -> into.concept(cells[0], !isActive(cells), ""));
        }
        if (DESCRIPTIONS.matcher(name).matches()) {
            return new Line(9, cells -> describe(cells, into));
        }
        if (LANGUAGES.matcher(name).matches()) {
            return new Line(7, cells -> prefer(cells, into));
        }
        if (RELATIONSHIPS.matcher(name).matches()) {
            return new Line(10, cells -> relate(cells, into));
        }
        return new Line(13, cells -> map(cells, into));
    }

    private static boolean isActive(String[] cells) {
        return cells[2].equals("1");
    }

    private static void describe(String[] cells, FactSink into) {
        if (isActive(cells)) {
            into.name(
                    cells[4],
                    cells[0],
                    cells[5],
                    cells[7],
                    cells[6].equals(FULLY_SPECIFIED) ? FactSink.OTHER : SYNONYM);
        }
    }

    private static void prefer(String[] cells, FactSink into) {
        if (isActive(cells) && cells[6].equals(PREFERRED)) {
            // One fully specified name is preferred too; the exchange leaves it among the names that are not shown.
            into.prefer(cells[5], cells[4].equals(BRITISH) ? PREFERRED_IN_BRITAIN : FactSink.FIRST);
        }
    }

    private static void relate(String[] cells, FactSink into) {
        if (isActive(cells) && cells[7].equals(IS_A)) {
            into.parent(cells[4], cells[5]);
        }
    }

    private static void map(String[] cells, FactSink into) {
        if (isActive(cells) && cells[4].equals(MAP_TO_ICD_10) && !cells[10].isBlank()) {
            int position = (int) (1000 * number(cells[6]) + number(cells[7]));
            into.target(cells[5], SYSTEM + "?fhir_cm=" + MAP_TO_ICD_10, ICD_10, cells[10], position);
        }
    }

    private static long number(String cell) {
        return cell.matches("\\d{1,4}") ? Long.parseLong(cell) : 0;
    }
}
