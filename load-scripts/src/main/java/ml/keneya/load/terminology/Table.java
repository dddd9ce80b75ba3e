package ml.keneya.load.terminology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A file of cells with headings, read line by line: commas, semicolons, tabs or bars, whichever its headings use. */
final class Table implements AutoCloseable {
    private static final int LONGEST_HEADINGS = 1 << 15;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private Table(String name, CSVParser parser) {
        this.name = name;
        this.parser = parser;
        this.records = parser.iterator();
        if (records.hasNext()) {
            int place = 0;
            for (String heading : records.next()) {
                places.putIfAbsent(plain(heading), place);
                place++;
            }
        }
    }

    static Table open(PublishedFile file) throws IOException {
        try {
            return opened(file);
        } catch (CharacterCodingException otherwiseWritten) {
            throw new TerminologyException("terminology.not-utf8", file.baseName(), 1);
        }
    }

    private static Table opened(PublishedFile file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var reader = new BufferedReader(new InputStreamReader(file.open(), decoder), LONGEST_HEADINGS);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        reader.mark(LONGEST_HEADINGS);
        StringBuilder headings = new StringBuilder();
        for (int next = reader.read();
                next >= 0 && next != '\n' && headings.length() < LONGEST_HEADINGS - 1;
                next = reader.read()) {
            headings.append((char) next);
        }
        reader.reset();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(headings.toString()))
                .setIgnoreEmptyLines(true)
                .build();
        return new Table(file.baseName(), CSVParser.parse(reader, format));
    }

    private static char delimiter(String headings) {
        char best = ',';
        for (char each : new char[] {';', '\t', '|'}) {
            if (count(headings, each) > count(headings, best)) {
                best = each;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }

    /** Accents, capitals and punctuation of headings do not matter. */
    static String plain(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    boolean has(String heading) {
        return places.containsKey(heading);
    }

    List<String> headings() {
        return List.copyOf(places.keySet());
    }

    /** One line. */
    record Row(Map<String, Integer> places, CSVRecord cells) {
        /** Empty where there is no such column, or nothing in it. */
        String get(String heading) {
            Integer place = places.get(heading);
            return place == null || place >= cells.size()
                    ? ""
                    : cells.get(place).strip();
        }
    }

    /** Takes a line. */
    @FunctionalInterface
    interface RowReader {
        void read(Row row);
    }

    void each(RowReader reader) {
        try {
            while (records.hasNext()) {
                reader.read(new Row(places, records.next()));
            }
        } catch (UncheckedIOException | IllegalStateException failed) {
            if (failed.getCause() instanceof CharacterCodingException) {
                throw new TerminologyException("terminology.not-utf8", name, parser.getCurrentLineNumber());
            }
            throw new TerminologyException("terminology.unreadable", name, parser.getCurrentLineNumber());
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
