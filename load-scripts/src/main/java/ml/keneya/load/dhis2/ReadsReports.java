package ml.keneya.load.dhis2;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.terminal.ExitStatus;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Asks the exchange for whole figures of a week; whoever may not see them is refused there. */
final class ReadsReports {
    private static final List<String> STRATA = List.of("age_group", "sex", "residence_status");
    private static final Set<String> STATES = Set.of("counted", "zero", "withdrawn", "silent");
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

    WeeklyReport of(EpidemiologicalWeek week) {
        List<CSVRecord> lines = new ArrayList<>();
        exchange.download(
                exchange.base()
                        .under("Measure/$idsr-weekly?_format=csv&week=" + week + "&level=" + encoded(level)
                                + "&subject=" + encoded(subject)),
                "text/csv",
                body -> {
                    // The link may have broken in the middle of an earlier try.
                    lines.clear();
                    lines.addAll(records(body));
                });
        try {
            String version = lines.isEmpty() ? "" : lines.get(0).get("version");
            return new WeeklyReport(
                    week, version, lines.stream().map(ReadsReports::row).toList());
        } catch (IllegalArgumentException otherForm) {
            throw new PushException(
                    ExitStatus.REFUSED, otherForm, "dhis2.no-report", week, String.valueOf(otherForm.getMessage()));
        }
    }

    private static List<CSVRecord> records(InputStream body) throws IOException {
        try (Reader text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
            return FORM.parse(text).getRecords();
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
