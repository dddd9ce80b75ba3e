package ml.keneya.load.sheets;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.generate.mali.Slug;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads one spreadsheet saved as CSV: commas, semicolons or tabs, whichever its headings use; accents, capitals and
 * punctuation of headings do not matter.
 */
public final class Sheet {
    // Everything is held in memory until it is sent.
    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path file;
    private final SheetForm form;
    private final Faults faults;

    private Sheet(Path file, SheetForm form, Faults faults) {
        this.file = file;
        this.form = form;
        this.faults = faults;
    }

    /** Its lines; none, and a fault, where the file as a whole cannot be read. */
    public static List<SheetLine> read(Path file, SheetForm form, Faults faults) {
        return new Sheet(file, form, faults).read();
    }

    private List<SheetLine> read() {
        byte[] bytes;
        try {
            if (Files.size(file) > LARGEST) {
                fault(0, "", "too-large", LARGEST / (1024 * 1024));
                return List.of();
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            fault(0, "", "unreadable", unreadable.getClass().getSimpleName());
            return List.of();
        }
        ByteBuffer source = ByteBuffer.wrap(bytes);
        CharBuffer target = CharBuffer.allocate(bytes.length + 1);
        if (!decoded(source, target)) {
            fault(
                    linesBefore(bytes, source.position()) + 1,
                    "",
                    "encoding",
                    form.charset().name());
            return List.of();
        }
        String text = target.flip().toString();
        return parsed(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private boolean decoded(ByteBuffer source, CharBuffer target) {
        CharsetDecoder decoder = decoder(form.charset());
        return decoder.decode(source, target, true).isUnderflow()
                && decoder.flush(target).isUnderflow();
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static long linesBefore(byte[] bytes, int position) {
        long lines = 0;
        for (int index = 0; index < position; index++) {
            lines += bytes[index] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private List<SheetLine> parsed(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .build();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                fault(0, "", "empty");
                return List.of();
            }
            Map<String, Integer> places = places(records.next());
            List<SheetLine> lines = new ArrayList<>();
            while (!places.isEmpty() && records.hasNext()) {
                CSVRecord cells = records.next();
                line = parser.getCurrentLineNumber() - endings(cells);
                take(lines, line, cells, places);
            }
            return lines;
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            fault(line + 1, "", "quotes");
            return List.of();
        }
    }

    private static char delimiter(String text) {
        String headings =
                text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char found = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(headings, candidate) > count(headings, found)) {
                found = candidate;
            }
        }
        return found;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    // A cell may hold several lines; the parser counts to the last of them.
    private static long endings(CSVRecord cells) {
        long endings = 0;
        for (String cell : cells) {
            endings += count(cell, '\n');
        }
        return endings;
    }

    /** Where our columns stand; empty, and a fault, where one that is needed is missing. */
    private Map<String, Integer> places(CSVRecord headings) {
        Map<String, Integer> byHeading = new LinkedHashMap<>();
        for (int index = 0; index < headings.size(); index++) {
            String heading = Slug.of(headings.get(index));
            if (!heading.isEmpty() && byHeading.putIfAbsent(heading, index) != null) {
                fault(headings.getRecordNumber(), headings.get(index), "heading-twice");
                return Map.of();
            }
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        boolean complete = true;
        for (String column : form.columns()) {
            Integer place = byHeading.get(Slug.of(form.heading(column)));
            if (place != null) {
                places.put(column, place);
            } else if (form.required().contains(column) || form.headings().containsKey(column)) {
                fault(1, form.heading(column), "no-column", form.heading(column), String.join(", ", headings));
                complete = false;
            }
        }
        return complete ? places : Map.of();
    }

    private void take(List<SheetLine> lines, long number, CSVRecord record, Map<String, Integer> places) {
        Map<String, String> cells = new LinkedHashMap<>();
        places.forEach((column, place) -> {
            // Spreadsheets leave out empty cells at the end of a line.
            String text = place < record.size() ? record.get(place).strip() : "";
            if (!text.isEmpty()) {
                cells.put(column, form.value(column, text));
            }
        });
        if (cells.isEmpty()) {
            return;
        }
        var line = new SheetLine(String.valueOf(file.getFileName()), number, cells, form.headings());
        for (String column : form.required()) {
            if (!line.has(column)) {
                faults.at(line, column, "missing", form.heading(column));
            }
        }
        lines.add(line);
    }

    private void fault(long line, String column, String kind, Object... values) {
        faults.inFile(file, line, column, kind, values);
    }
}
