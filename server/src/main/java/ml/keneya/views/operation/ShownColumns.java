package ml.keneya.views.operation;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.Pseudonyms.Keyed;
import ml.keneya.views.definition.Identifying;
import ml.keneya.views.definition.ViewColumn;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a view somebody sees. Who does not see everything sees no names, numbers or free text, and of dates
 * that tell who somebody is the month. For an area ids stay as they are, because they lead to the cases that it follows
 * up, and nowhere else; for the agency they are those of the schema {@code pseudonymised}.
 */
final class ShownColumns {

    private static final int LENGTH_OF_MONTH = "2026-11".length();

    private final List<Integer> places;
    private final List<ViewColumn> columns;
    private final boolean whole;
    private final @Nullable Keyed pseudonyms;

    private ShownColumns(List<Integer> places, List<ViewColumn> columns, boolean whole, @Nullable Keyed pseudonyms) {
        this.places = List.copyOf(places);
        this.columns = List.copyOf(columns);
        this.whole = whole;
        this.pseudonyms = pseudonyms;
    }

    static ShownColumns all(List<ViewColumn> columns) {
        return new ShownColumns(List.of(), columns, true, null);
    }

    /** A column that nobody has judged is left out. */
    static ShownColumns withoutNames(List<ViewColumn> columns) {
        return judged(columns, null);
    }

    static ShownColumns underPseudonyms(List<ViewColumn> columns, Keyed pseudonyms) {
        return judged(columns, pseudonyms);
    }

    private static ShownColumns judged(List<ViewColumn> columns, @Nullable Keyed pseudonyms) {
        List<Integer> places = new ArrayList<>();
        List<ViewColumn> shown = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            if (columns.get(place).identifying() != Identifying.OMIT) {
                places.add(place);
                shown.add(columns.get(place));
            }
        }
        return new ShownColumns(places, shown, false, pseudonyms);
    }

    List<ViewColumn> columns() {
        return columns;
    }

    @Nullable
    Object[] of(@Nullable Object[] cells) {
        if (whole) {
            return cells;
        }
        @Nullable Object[] kept = new @Nullable Object[places.size()];
        for (int index = 0; index < kept.length; index++) {
            kept[index] = shown(columns.get(index), cells[places.get(index)]);
        }
        return kept;
    }

    private @Nullable Object shown(ViewColumn column, @Nullable Object cell) {
        if (cell == null) {
            return null;
        }
        if (column.identifying() == Identifying.KEY && pseudonyms != null) {
            // A list of ids would not be replaced.
            return cell instanceof String id ? pseudonyms.of(id) : null;
        }
        if (column.identifying() != Identifying.MONTH) {
            return cell;
        }
        // A list of such dates would not be shortened.
        return cell instanceof String text ? text.substring(0, Math.min(LENGTH_OF_MONTH, text.length())) : null;
    }
}
