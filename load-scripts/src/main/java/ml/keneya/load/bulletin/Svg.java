package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes shapes as SVG, in attributes alone: nothing that another image of the same page could change. */
final class Svg {
    static final String FONT = "DejaVu Sans Condensed, DejaVu Sans, Verdana, sans-serif";

    /** Of the font, in parts of its size. */
    private static final double MEAN_LETTER = 0.54;

    private final StringBuilder shapes = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void area(List<int[][]> rings, String fill, String stroke, String strokeWidth) {
        shapes.append("<path d=\"");
        rings.forEach(ring -> shapes.append(path(ring)));
        shapes.append("\" fill=\"").append(fill).append("\" fill-rule=\"evenodd\" stroke=\"");
        shapes.append(stroke).append("\" stroke-width=\"").append(strokeWidth);
        shapes.append("\" stroke-linejoin=\"round\"/>");
    }

    /** Steps from point to point are shorter to write than points. */
    private static String path(int[][] ring) {
        StringBuilder path = new StringBuilder();
        path.append('M').append(ring[0][0]).append(' ').append(ring[0][1]).append('l');
        for (int at = 1; at < ring.length; at++) {
            int across = ring[at][0] - ring[at - 1][0];
            int down = ring[at][1] - ring[at - 1][1];
            path.append(at > 1 && across >= 0 ? " " : "").append(across);
            path.append(down >= 0 ? " " : "").append(down);
        }
        return path.append('z').toString();
    }

    /** Lines from top left to bottom right, where nothing is known. */
    void hatch(List<int[][]> rings, int distance, String stroke) {
        StringBuilder path = new StringBuilder();
        for (int line = -height; line < width; line += distance) {
            double[] crossings = crossings(rings, line);
            for (int at = 0; at + 1 < crossings.length; at += 2) {
                path.append(String.format(
                        Locale.ROOT,
                        "M%.0f %.0fL%.0f %.0f",
                        crossings[at] + line,
                        crossings[at],
                        crossings[at + 1] + line,
                        crossings[at + 1]));
            }
        }
        if (!path.isEmpty()) {
            shapes.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"");
            shapes.append(stroke).append("\" stroke-width=\"0.8\"/>");
        }
    }

    /** How far down the line x - y = {@code line} passes a border. */
    private static double[] crossings(List<int[][]> rings, int line) {
        List<Double> found = new ArrayList<>();
        for (int[][] ring : rings) {
            for (int at = 0; at < ring.length; at++) {
                int[] from = ring[at];
                int[] to = ring[(at + 1) % ring.length];
                // Half a unit aside, so that no line goes through a corner.
                double before = from[0] - from[1] - line - 0.5;
                double after = to[0] - to[1] - line - 0.5;
                if (before * after < 0) {
                    found.add(from[1] + (to[1] - from[1]) * before / (before - after));
                }
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    void text(double x, double y, int size, String fill, String text) {
        String where = String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\"", x, y, size);
        shapes.append(where).append(" fill=\"").append(fill).append("\">");
        shapes.append(Html.escaped(text)).append("</text>");
    }

    /** Around a point, on a light ground, so that it can be read on any shade. */
    void label(double x, double y, int size, String text) {
        // The middle is reckoned here: what prints the page leaves texts out that ask for it.
        double wide = text.length() * size * MEAN_LETTER;
        double from = Math.max(1, Math.min(x - wide / 2, width - wide - 1));
        shapes.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"#ffffff\""
                        + " fill-opacity=\"0.75\"/>",
                from - 1,
                y - size + 1,
                wide + 2,
                size + 2));
        text(from, y, size, "#111111", text);
    }

    void box(int x, int y, int wide, int high, String fill) {
        int[][] ring = {{x, y}, {x + wide, y}, {x + wide, y + high}, {x, y + high}};
        area(List.<int[][]>of(ring), fill, "#555555", "0.7");
    }

    void hatchedBox(int x, int y, int wide, int high) {
        box(x, y, wide, high, "#ffffff");
        int[][] ring = {{x, y}, {x + wide, y}, {x + wide, y + high}, {x, y + high}};
        hatch(new ArrayList<>(Arrays.asList(new int[][][] {ring})), 4, "#777777");
    }

    /** @param alternative what is said to who does not see it */
    String document(String alternative) {
        return open(width, height, alternative) + shapes + "</svg>";
    }

    static String open(int width, int height, String alternative) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\""
                        + " font-family=\"%s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
                Html.escaped(alternative),
                FONT,
                width,
                height,
                width,
                height);
    }
}
