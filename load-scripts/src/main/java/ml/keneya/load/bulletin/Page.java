package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;

/** A page as it grows: elements, whose text is escaped. */
final class Page {
    private final StringBuilder text = new StringBuilder(1 << 17);

    Page open(String element) {
        text.append('<').append(element).append('>');
        return this;
    }

    /** @param attributes names and values in turn */
    Page open(String element, String... attributes) {
        text.append('<').append(element);
        for (int at = 0; at < attributes.length; at += 2) {
            text.append(' ').append(attributes[at]).append("=\"");
            text.append(Html.escaped(attributes[at + 1])).append('"');
        }
        text.append('>');
        return this;
    }

    Page close(String element) {
        text.append("</").append(element).append(">\n");
        return this;
    }

    Page element(String element, String content, String... attributes) {
        open(element, attributes);
        text.append(Html.escaped(content));
        return close(element);
    }

    /** What is XML already. */
    Page markup(String markup) {
        text.append(markup).append('\n');
        return this;
    }

    Page figure(String kind, String title, String image, String below) {
        open("figure", "class", kind);
        element("figcaption", title);
        markup(image);
        if (!below.isEmpty()) {
            element("p", below, "class", "note");
        }
        return close("figure");
    }

    Page table(Table table) {
        open("div", "class", "wide").open("table", "class", table.kind);
        element("caption", table.caption);
        open("thead").open("tr");
        table.columns.forEach(column -> element("th", column, "scope", "col"));
        close("tr").close("thead").open("tbody");
        for (List<String> row : table.rows) {
            open("tr");
            element("th", row.get(0), "scope", "row");
            row.stream().skip(1).forEach(cell -> element("td", cell));
            close("tr");
        }
        return close("tbody").close("table").close("div");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Rows of as many cells as there are columns; the first names its row. */
    static final class Table {
        private final String kind;
        private final String caption;
        private final List<String> columns;
        private final List<List<String>> rows = new ArrayList<>();

        /** @param kind {@code numbers}, or {@code words} */
        Table(String kind, String caption, List<String> columns) {
            this.kind = kind;
            this.caption = caption;
            this.columns = List.copyOf(columns);
        }

        void row(List<String> cells) {
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("Not " + columns.size() + " cells: " + cells);
            }
            rows.add(List.copyOf(cells));
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }
    }
}
