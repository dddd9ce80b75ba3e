package ml.keneya.surveillance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The forms in which figures are handed on beside FHIR. */
enum ReportFormat {
    CSV("text/csv;charset=UTF-8", "csv", "text/csv"),
    /** What {@code /api/dataValueSets} of DHIS2 imports. */
    DHIS2("application/json;charset=UTF-8", "dhis2", "json", "application/json"),
    /** IHE Aggregate Data Exchange. */
    ADX("application/adx+xml;charset=UTF-8", "adx", "xml", "application/adx+xml", "application/xml");

    private static final Set<String> ANY = Set.of("*/*", "*", "text/*", "application/*", "application/fhir+json");

    private final String mediaType;
    private final List<String> names;

    ReportFormat(String mediaType, String... names) {
        this.mediaType = mediaType;
        this.names = List.of(names);
    }

    String mediaType() {
        return mediaType;
    }

    /** By a name that {@code _format} gives, or a media type. */
    static Optional<ReportFormat> named(String text) {
        String bare = text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).replace(' ', '+');
        return Arrays.stream(values())
                .filter(format -> format.names.contains(bare))
                .findFirst();
    }

    /** The first that the header names; CSV when it leaves the choice. */
    static Optional<ReportFormat> accepted(List<String> headers) {
        List<String> ranges = headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(range -> !range.isEmpty())
                .toList();
        return ranges.stream()
                .flatMap(range -> named(range).stream())
                .findFirst()
                .or(() -> ranges.isEmpty() || ranges.stream().anyMatch(ANY::contains)
                        ? Optional.of(CSV)
                        : Optional.empty());
    }
}
