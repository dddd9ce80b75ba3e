package ml.keneya.views.operation;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.definition.Identifying;
import ml.keneya.views.definition.ViewColumn;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a view somebody sees. Who works for an area sees no names, numbers or free text, and of dates that
 * tell who somebody is the month; ids stay as they are, because they lead to the cases that the area follows up, and
 * nowhere else.
 */
final class ShownColumns {

    private static final int LENGTH_OF_MONTH = "2026-11".length();

    private final List<Integer> places;
    private final List<ViewColumn> columns;
    private final boolean whole;

    private ShownColumns(List<Integer> places, List<ViewColumn> columns, boolean whole) {
        this.places = List.copyOf(places);
        this.columns = List.copyOf(columns);
        this.whole = whole;
    }

    static ShownColumns all(List<ViewColumn> columns) {
        return new ShownColumns(List.of(), columns, true);
    }

    /** A column that nobody has judged is left out. */
    static ShownColumns withoutNames(List<ViewColumn> columns) {
        List<Integer> places = new ArrayList<>();
        List<ViewColumn> shown = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            if (columns.get(place).identifying() != Identifying.OMIT) {
                places.add(place);
                shown.add(columns.get(place));
            }
        }
        return new ShownColumns(places, shown, false);
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

    private static @Nullable Object shown(ViewColumn column, @Nullable Object cell) {
        if (column.identifying() != Identifying.MONTH || cell == null) {
            return cell;
        }
        // A list of such dates would not be shortened.
        return cell instanceof String text ? text.substring(0, Math.min(LENGTH_OF_MONTH, text.length())) : null;
    }
}
