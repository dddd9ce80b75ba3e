package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.RefusedException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Asks what the exchange answers to everybody with the caller's rights; nothing but its API. */
final class AsksExchange {
    private static final int MOST_PAGES = 1000;
    private static final int AT_ONCE = 50;
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .build();

    private final Exchange exchange;

    AsksExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * What is read of a table.
     *
     * @param operation of Measure, with its parameters
     * @param columns that the table must have; what has others is not what was asked for, whatever its status
     * @throws RefusedException also when the answer is something else, as a page of a proxy is
     */
    <T> T csv(String operation, List<String> columns, Function<List<CSVRecord>, T> reads) {
        URI address = exchange.base().under("Measure/" + operation);
        List<CSVRecord> rows = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        exchange.download(address, "text/csv", body -> {
            rows.clear();
            missing.clear();
            missing.addAll(columns);
            try (CSVParser parser = FORMAT.parse(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                parser.getHeaderNames().forEach(missing::remove);
                if (missing.isEmpty()) {
                    rows.addAll(parser.getRecords());
                }
            }
        });
        if (!missing.isEmpty()) {
            throw RefusedException.notTheReport(address, String.join(", ", missing));
        }
        try {
            return reads.apply(rows);
        } catch (IllegalArgumentException unreadable) {
            throw RefusedException.notTheReport(address, unreadable.getMessage());
        }
    }

    JsonNode measureReport(String operation) {
        return exchange.get(exchange.base().under("Measure/" + operation), java.util.Map.of())
                .document();
    }

    /** All resources that a search finds. */
    List<JsonNode> search(String query) {
        List<JsonNode> found = new ArrayList<>();
        Optional<URI> address = Optional.of(exchange.base().under(query));
        for (int page = 0; address.isPresent(); page++) {
            if (page == MOST_PAGES) {
                throw RefusedException.goesInCircles(address.get());
            }
            JsonNode bundle = exchange.search(address.get());
            bundle.path("entry").forEach(entry -> found.add(entry.path("resource")));
            address = next(bundle);
        }
        return found;
    }

    private Optional<URI> next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                String target = link.path("url").asText();
                return Optional.of(
                        exchange.base().followed(target).orElseThrow(() -> RefusedException.leadsElsewhere(target)));
            }
        }
        return Optional.empty();
    }

    /** The resources of one of many values each, asked for in portions that an address can hold. */
    List<JsonNode> searchEach(String query, List<String> values) {
        List<JsonNode> found = new ArrayList<>();
        for (int from = 0; from < values.size(); from += AT_ONCE) {
            String some = String.join(",", values.subList(from, Math.min(values.size(), from + AT_ONCE)));
            found.addAll(search(query + encoded(some)));
        }
        return found;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
