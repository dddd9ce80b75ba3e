package ml.keneya.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a view, and how a value of it is written so that two programs write the same value alike: numbers without
 * trailing zeros, moments in UTC, days as days, keys as bare ids, anything else as it is.
 *
 * <p>What a key is, each implementation decides (SQL on FHIR, "getResourceKey"): the exchange has the id, Pathling has
 * the type before it.
 */
record ComparedColumn(String name, Kind kind) {

    /** What the value is, by the type and the tag {@code ansi/type} of the column. */
    enum Kind {
        NUMBER,
        MOMENT,
        DAY,
        KEY,
        TEXT
    }

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** How nothing is written. */
    static final String NOTHING = "";

    static List<ComparedColumn> of(JsonNode definition) {
        List<ComparedColumn> columns = new ArrayList<>();
        definition.path("select").forEach(select -> collect(select, columns));
        return columns;
    }

    private static void collect(JsonNode select, List<ComparedColumn> columns) {
        select.path("column")
                .forEach(column -> columns.add(new ComparedColumn(column.path("name").asText(), kind(column))));
        select.path("select").forEach(inner -> collect(inner, columns));
        // All parts of a union have the same columns.
        if (select.path("unionAll").has(0)) {
            collect(select.path("unionAll").get(0), columns);
        }
    }

    private static Kind kind(JsonNode column) {
        String path = column.path("path").asText();
        if (path.contains("getResourceKey(") || path.contains("getReferenceKey(")) {
            return Kind.KEY;
        }
        String type = column.path("type").asText();
        for (JsonNode tag : column.path("tag")) {
            if ("ansi/type".equals(tag.path("name").asText())) {
                type = tag.path("value").asText();
            }
        }
        return switch (type) {
            case "DATE" -> Kind.DAY;
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> Kind.MOMENT;
            case "decimal", "integer", "positiveInt", "unsignedInt", "integer64" -> Kind.NUMBER;
            default -> Kind.TEXT;
        };
    }

    /** @param json an object with a member for each column that has a value */
    static List<String> row(List<ComparedColumn> columns, String json) throws JsonProcessingException {
        JsonNode row = JSON.readTree(json);
        return columns.stream().map(column -> column.shown(row.path(column.name()))).toList();
    }

    private String shown(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(each -> texts.add(shown(each)));
            return texts.isEmpty() ? NOTHING : texts.toString();
        }
        return text(value.asText());
    }

    private String text(String value) {
        try {
            return switch (kind) {
                case NUMBER -> new BigDecimal(value).stripTrailingZeros().toPlainString();
                case MOMENT -> moment(OffsetDateTime.parse(value).toInstant());
                case DAY -> LocalDate.parse(value).toString();
                case KEY -> value.replaceFirst("^[A-Z][A-Za-z]+/", "").replaceFirst("/_history/.*", "");
                case TEXT -> value;
            };
        } catch (NumberFormatException | DateTimeException other) {
            return value;
        }
    }

    private static String moment(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
