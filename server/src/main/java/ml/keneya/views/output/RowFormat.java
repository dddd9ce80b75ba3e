package ml.keneya.views.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ml.keneya.views.definition.ViewColumn;

/** The formats in which rows are handed out. */
public enum RowFormat {
    CSV("text/csv"),
    NDJSON("application/x-ndjson"),
    JSON("application/json");

    private final String mediaType;

    RowFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** @param name a code of {@code _format} or a media type, parameters allowed */
    public static Optional<RowFormat> named(String name) {
        String bare = name.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(bare)
                        || format.mediaType.equals(bare)
                        || format == NDJSON
                                && List.of("application/ndjson", "application/fhir+ndjson")
                                        .contains(bare))
                .findFirst();
    }

    /** @param header whether the first line of CSV names the columns */
    public RowWriter open(OutputStream stream, List<ViewColumn> columns, boolean header) throws IOException {
        return switch (this) {
            case CSV -> new CsvRows(stream, columns, header);
            case NDJSON -> JsonRows.lines(stream, columns);
            case JSON -> JsonRows.array(stream, columns);
        };
    }
}
