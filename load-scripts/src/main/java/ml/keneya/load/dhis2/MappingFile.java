package ml.keneya.load.dhis2;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import ml.keneya.load.terminal.ExitStatus;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The correspondences of one installation of DHIS2, as its data manager keeps them in a spreadsheet: columns
 * {@code quoi} (element, structure, combinaison), {@code nous} and {@code dhis2}; an empty third cell means that it is
 * not to be sent.
 */
final class MappingFile {
    private static final String WHAT = "quoi";
    private static final String OURS = "nous";
    private static final String THEIRS = "dhis2";
    /** As the weekly report of the exchange writes them; of the last, the concepts of {@code ml-residence-status}. */
    private static final Map<String, List<String>> STRATA = Map.of(
            "age_group", List.of("0-11m", "1-4y", "5-14y", "15y+", "unknown"),
            "sex", List.of("female", "male", "other", "unknown"),
            "residence_status",
                    List.of("resident", "internally-displaced", "returnee", "refugee", "nomadic", "unknown"));

    private final Path path;
    private final Map<String, Map<String, String>> lines = new HashMap<>();

    private MappingFile(Path path) {
        this.path = path;
        for (String kind : List.of("element", "structure", "combinaison")) {
            lines.put(kind, new TreeMap<>());
        }
    }

    /** @param national what holds of data elements when the file says nothing of them */
    static Mapping read(@Nullable Path path, Map<String, String> national) {
        if (path == null) {
            return new Mapping(national, Map.of(), Map.of());
        }
        MappingFile file = new MappingFile(path);
        file.readLines();
        Map<String, String> elements = file.of("element");
        return new Mapping(elements.isEmpty() ? national : elements, file.of("structure"), file.of("combinaison"));
    }

    private Map<String, String> of(String kind) {
        return lines.getOrDefault(kind, Map.of());
    }

    private void readLines() {
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8).replace("\uFEFF", "");
            String heading =
                    text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
            CSVFormat form = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(heading.contains(";") ? ';' : ',')
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreEmptyLines(true)
                    .setTrim(true)
                    .setIgnoreHeaderCase(true)
                    // Spreadsheets end every line with the cells of columns that are empty.
                    .setAllowMissingColumnNames(true)
                    .build();
            try (CSVParser parser = parsed(form, text, heading)) {
                if (!parser.getHeaderNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList()
                        .containsAll(List.of(WHAT, OURS, THEIRS))) {
                    throw fault("dhis2.map-columns", 1, heading);
                }
                noteLines(parser);
            }
        } catch (CharacterCodingException notUtf8) {
            throw new PushException(ExitStatus.MISUSED, notUtf8, "dhis2.map-not-utf8", path);
        } catch (IOException unreadable) {
            throw new PushException(
                    ExitStatus.MISUSED,
                    unreadable,
                    "dhis2.map-unreadable",
                    path,
                    unreadable.getClass().getSimpleName());
        }
    }

    private CSVParser parsed(CSVFormat form, String text, String heading) throws IOException {
        try {
            return form.parse(new StringReader(text));
        } catch (IllegalArgumentException unusableNames) {
            throw fault("dhis2.map-columns", 1, heading);
        }
    }

    private void noteLines(CSVParser parser) {
        long begun = parser.getCurrentLineNumber() + 1;
        try {
            for (CSVRecord line : parser) {
                note(
                        line,
                        parser.getCurrentLineNumber(),
                        parser.getHeaderNames().size());
                begun = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException brokenQuotes) {
            throw fault("dhis2.map-quotes", begun, String.valueOf(brokenQuotes.getMessage()));
        }
    }

    /**
     * Notes a line.
     *
     * @param number of its last line in the file
     * @param columns named or not; a cell beyond them comes of a delimiter too many
     */
    private void note(CSVRecord line, long number, int columns) {
        if (line.stream().allMatch(String::isBlank)) {
            return;
        }
        boolean tooLong = line.stream().skip(columns).anyMatch(cell -> !cell.isBlank());
        if (tooLong || !Stream.of(WHAT, OURS, THEIRS).allMatch(line::isSet)) {
            throw fault("dhis2.map-cells", number, line.size());
        }
        String kind = line.get(WHAT);
        String ours = line.get(OURS);
        Map<String, String> known = lines.get(kind);
        if (known == null) {
            throw fault("dhis2.map-kind", number, kind);
        }
        if (kind.equals("combinaison")) {
            checkStrata(ours, number);
        }
        if (!isSaid(kind, ours)) {
            throw fault("dhis2.map-ours", number, ours);
        }
        if (known.putIfAbsent(ours, line.get(THEIRS)) != null) {
            throw fault("dhis2.map-twice", number, ours);
        }
    }

    private boolean isSaid(String kind, String ours) {
        return switch (kind) {
            case "element" -> {
                String[] parts = ours.split("/", 2);
                yield parts.length == 2
                        && !parts[0].isEmpty()
                        && Count.coded(parts[1]).isPresent();
            }
            case "combinaison" -> ours.equals(Mapping.TOTAL) || isStratum(ours);
            default -> !ours.isEmpty();
        };
    }

    private boolean isStratum(String ours) {
        List<String> dimensions = Mapping.dimensions(ours);
        return ours.contains("=")
                && STRATA.keySet().containsAll(dimensions)
                && Set.copyOf(dimensions).size() == dimensions.size()
                && of("combinaison").keySet().stream()
                        .filter(each -> !each.equals(Mapping.TOTAL))
                        .allMatch(each -> Mapping.dimensions(each).equals(dimensions));
    }

    /** A value that no figure has would be a combination of which every push says zero. */
    private void checkStrata(String ours, long number) {
        for (String stratum : ours.split("&", -1)) {
            String[] parts = stratum.split("=", 2);
            List<String> allowed = STRATA.get(parts[0]);
            if (allowed != null && parts.length == 2 && !allowed.contains(parts[1])) {
                throw fault("dhis2.map-stratum", number, stratum, String.join(", ", allowed));
            }
        }
    }

    private PushException fault(String key, long line, Object... values) {
        return new PushException(
                ExitStatus.MISUSED,
                null,
                key,
                Stream.concat(Stream.of(path, line), Stream.of(values)).toArray());
    }
}
