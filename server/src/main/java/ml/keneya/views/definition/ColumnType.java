package ml.keneya.views.definition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/**
 * The SQL type of a column. Partial dates are common in Mali ({@code 1980}), so FHIR's dates and times stay text, as
 * SQL on FHIR has it, unless the tag {@code ansi/type} asks for more.
 */
public enum ColumnType {
    TEXT("text"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    BIGINT("bigint"),
    DECIMAL("numeric"),
    /** The day in Mali, which keeps UTC all year; null for a date that names no day. */
    DATE("date"),
    /** An instant, to the millisecond; null for a date without a time. */
    TIMESTAMP("timestamp with time zone");

    private static final Set<String> TEXTS = Set.of(
            "string",
            "code",
            "id",
            "uri",
            "url",
            "canonical",
            "oid",
            "uuid",
            "markdown",
            "base64Binary",
            "date",
            "dateTime",
            "instant",
            "time",
            "xhtml");

    private static final Map<String, ColumnType> OF_FHIR = Map.of(
            "boolean", BOOLEAN,
            "integer", INTEGER,
            "positiveInt", INTEGER,
            "unsignedInt", INTEGER,
            "integer64", BIGINT,
            "decimal", DECIMAL);

    private static final Map<String, ColumnType> OF_ANSI = Map.ofEntries(
            Map.entry("CHARACTER VARYING", TEXT),
            Map.entry("VARCHAR", TEXT),
            Map.entry("BOOLEAN", BOOLEAN),
            Map.entry("INTEGER", INTEGER),
            Map.entry("INT", INTEGER),
            Map.entry("BIGINT", BIGINT),
            Map.entry("DECIMAL", DECIMAL),
            Map.entry("NUMERIC", DECIMAL),
            Map.entry("DATE", DATE),
            Map.entry("TIMESTAMP", TIMESTAMP),
            Map.entry("TIMESTAMP WITH TIME ZONE", TIMESTAMP));

    private static final int LENGTH_OF_DAY = "2026-11-25".length();

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** The name of the type in SQL. */
    public String sql() {
        return sql;
    }

    /** @param type a FHIR primitive type by its name or its address, or a FHIRPath system type */
    static Optional<ColumnType> ofFhir(String type) {
        String name = type.substring(type.lastIndexOf('/') + 1);
        if (name.startsWith("System.")) {
            name = name.substring("System.".length());
            name = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
        return TEXTS.contains(name) ? Optional.of(TEXT) : Optional.ofNullable(OF_FHIR.get(name));
    }

    static Optional<ColumnType> ofAnsi(String type) {
        return Optional.ofNullable(OF_ANSI.get(type.toUpperCase(Locale.ROOT)));
    }

    /**
     * The value as PostgreSQL reads and as JSON shows it.
     *
     * @throws IllegalArgumentException when the value cannot stand in a column of this type
     */
    @Nullable
    String text(Base value) {
        String text = value.primitiveValue();
        if (text == null) {
            if (value.isPrimitive()) {
                return null;
            }
            throw new IllegalArgumentException(value.fhirType());
        }
        return switch (this) {
            case TEXT -> text;
            case BOOLEAN -> truth(text);
            case INTEGER -> Integer.toString(Integer.parseInt(text));
            case BIGINT -> Long.toString(Long.parseLong(text));
            case DECIMAL -> new BigDecimal(text).toPlainString();
            case DATE -> day(text);
            case TIMESTAMP -> instant(text);
        };
    }

    private static String truth(String text) {
        if ("true".equals(text) || "false".equals(text)) {
            return text;
        }
        throw new IllegalArgumentException(text);
    }

    private static @Nullable String day(String text) {
        if (text.length() < LENGTH_OF_DAY) {
            return null;
        }
        try {
            return text.length() == LENGTH_OF_DAY
                    ? ofOurEra(LocalDate.parse(text)).toString()
                    : ofOurEra(inUtc(text).toLocalDate()).toString();
        } catch (DateTimeException notADate) {
            throw new IllegalArgumentException(text, notADate);
        }
    }

    private static @Nullable String instant(String text) {
        if (text.length() <= LENGTH_OF_DAY) {
            return null;
        }
        try {
            OffsetDateTime instant = inUtc(text);
            ofOurEra(instant.toLocalDate());
            return instant.format(MILLISECONDS);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException(text, notATime);
        }
    }

    private static OffsetDateTime inUtc(String text) {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    }

    /**
     * PostgreSQL reads no year 0 and none of five digits, and a statement that fails would undo the write of a clinic.
     * The first hours of year 1 are in year 0 by UTC.
     */
    private static LocalDate ofOurEra(LocalDate day) {
        if (day.getYear() < 1 || day.getYear() > 9999) {
            throw new IllegalArgumentException(day.toString());
        }
        return day;
    }
}
