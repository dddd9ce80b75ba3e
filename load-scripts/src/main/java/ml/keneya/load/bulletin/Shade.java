package ml.keneya.load.bulletin;

import java.util.List;

/**
 * How an area of a map is filled.
 *
 * @param step 0 for none, then the classes from the lowest; -1 where nothing is known, -2 where it is hidden
 * @param text the figure, as it is written in the table
 */
record Shade(int step, String text) {
    static final int UNKNOWN = -1;
    static final int HIDDEN = -2;

    /** From light to dark, so that they can be told apart in grey too. */
    static final List<String> COLOURS = List.of("#ffffff", "#d3e5ea", "#94c1cd", "#4f93a7", "#1f6079", "#0b2f42");

    static final int CLASSES = COLOURS.size() - 1;

    String colour() {
        return step >= 0 ? COLOURS.get(step) : step == HIDDEN ? "#cfcfcf" : "#f7f7f7";
    }
}
