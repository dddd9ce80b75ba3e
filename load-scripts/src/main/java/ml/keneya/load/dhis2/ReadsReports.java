package ml.keneya.load.dhis2;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.terminal.ExitStatus;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Asks the exchange for whole figures of a week; whoever may not see them is refused there. */
final class ReadsReports {
    private static final List<String> STRATA = List.of("age_group", "sex", "residence_status");
    private static final Set<String> STATES = Set.of("counted", "zero", "withdrawn", "silent");
    private static final List<String> COLUMNS = Stream.of(
                    List.of("version", "place", "place_name", "disease", "state"),
                    STRATA,
                    Stream.of(Count.values()).map(Count::column).toList())
            .flatMap(List::stream)
            .toList();
    private static final CSVFormat FORM =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build();

    private final Exchange exchange;
    private final String subject;
    private final String level;

    /**
     * @param subject a division and a code, {@code health|ML}
     * @param level the places below it that are organisation units of DHIS2
     */
    ReadsReports(Exchange exchange, String subject, String level) {
        this.exchange = exchange;
        this.subject = subject;
        this.level = level;
    }

    /** @throws WeekException when the answer is no report, or none with whole numbers */
    WeeklyReport of(EpidemiologicalWeek week) {
        // Read to its end first, so that what is wrong with the text is told apart from a link that breaks.
        AtomicReference<byte[]> text = new AtomicReference<>(new byte[0]);
        exchange.download(
                exchange.base()
                        .under("Measure/$idsr-weekly?_format=csv&week=" + week + "&level=" + encoded(level)
                                + "&subject=" + encoded(subject)),
                "text/csv",
                body -> text.set(body.readAllBytes()));
        try {
            List<CSVRecord> lines = records(new String(text.get(), StandardCharsets.UTF_8));
            String version = lines.isEmpty() ? "" : lines.get(0).get("version");
            return new WeeklyReport(
                    week, version, lines.stream().map(ReadsReports::row).toList());
        } catch (IOException | UncheckedIOException | IllegalArgumentException otherForm) {
            throw new WeekException(
                    week,
                    ExitStatus.REFUSED,
                    otherForm,
                    "dhis2.no-report",
                    week,
                    String.valueOf(otherForm.getMessage()));
        }
    }

    /** Without the columns of a report it is the page of something in between, and no week without figures. */
    private static List<CSVRecord> records(String text) throws IOException {
        try (CSVParser parser = FORM.parse(new StringReader(text))) {
            List<String> missing = new ArrayList<>(COLUMNS);
            missing.removeAll(parser.getHeaderNames());
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(String.join(", ", missing) + " ?");
            }
            return parser.getRecords();
        }
    }

    private static WeeklyRow row(CSVRecord line) {
        String state = line.get("state");
        if (!STATES.contains(state)) {
            throw new IllegalArgumentException("state " + state);
        }
        Map<String, String> strata = new HashMap<>();
        STRATA.forEach(stratum -> strata.put(stratum, line.get(stratum)));
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        if (!state.equals("silent")) {
            for (Count count : Count.values()) {
                counts.put(count, whole(line.get(count.column())));
            }
        }
        return new WeeklyRow(line.get("place"), line.get("place_name"), line.get("disease"), state, strata, counts);
    }

    // A star, or anything else that hides a small count, is no number to be sent.
    private static long whole(String text) {
        if (!text.matches("\\d{1,12}")) {
            throw new IllegalArgumentException("« " + text + " »");
        }
        return Long.parseLong(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
