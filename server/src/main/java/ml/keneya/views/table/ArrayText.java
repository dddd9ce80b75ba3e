package ml.keneya.views.table;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists as PostgreSQL writes arrays, so that a list can itself be an element of a parameter that is an array. */
final class ArrayText {

    private ArrayText() {}

    @SuppressWarnings("unchecked")
    static @Nullable String cell(@Nullable Object cell) {
        return cell instanceof List<?> values ? of((List<String>) values) : (String) cell;
    }

    static String of(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
