package ml.keneya.terminology;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One line of a list; it knows where it stands, so that a refusal can tell the author where to look. */
record Row(String file, int line, Map<String, String> cells) {

    Row {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    Set<String> columns() {
        return cells.keySet();
    }

    Optional<String> optional(String column) {
        return Optional.ofNullable(cells.get(column)).filter(cell -> !cell.isBlank());
    }

    String text(String column) {
        return optional(column).orElseThrow(() -> refusal("the column " + column + " is empty"));
    }

    List<String> several(String column) {
        return optional(column).stream()
                .flatMap(cell -> Arrays.stream(cell.split(";")))
                .map(String::strip)
                .toList();
    }

    boolean isYes(String column) {
        return yesOrNo(column, text(column));
    }

    boolean yesOrNo(String column, String cell) {
        return switch (cell) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw refusal("the column " + column + " says " + cell + ", not yes or no");
        };
    }

    IllegalArgumentException refusal(String reason) {
        return new IllegalArgumentException("%s, line %d: %s".formatted(file, line, reason));
    }
}
