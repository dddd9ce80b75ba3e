package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ml.keneya.load.bulletin.Boundaries.Area;

/** Draws areas in the shades of their figures, with a legend below. */
final class DrawsMap {
    private static final String LIGHT_BORDER = "#8a8a8a";
    private static final String HATCH = "#aaaaaa";

    /** Names that would lie on one another, moved across and down. */
    private static final Map<String, int[]> ASIDE =
            Map.of("ML02", new int[] {-6, -20}, "ML04", new int[] {10, -6}, "ML09", new int[] {-16, 8});

    private static final int LEGEND = 18;
    private static final int SIZE_OF_NAMES = 11;

    private final Words words;

    DrawsMap(Words words) {
        this.words = words;
    }

    /**
     * What a map is of.
     *
     * @param outlines drawn thicker over the areas; none where the areas need none
     * @param labels the areas whose names are written
     * @param limits of the classes, in words, from that of the lowest class
     */
    record Drawing(
            String alternative,
            List<Area> areas,
            List<Area> outlines,
            List<Area> labels,
            Function<String, Shade> shades,
            List<String> limits,
            int width,
            int height) {}

    String draw(Drawing drawing) {
        Projection projection = new Projection(drawing.areas(), drawing.width(), drawing.height());
        List<Entry> legend = legend(drawing);
        int columns = Math.max(1, drawing.width() / 115);
        int lines = (legend.size() + columns - 1) / columns;
        int bottom = projection.height() + 6;
        Svg svg = new Svg(drawing.width(), bottom + lines * LEGEND);
        for (Area area : drawing.areas()) {
            Shade shade = drawing.shades().apply(area.code());
            List<int[][]> rings = projection.rings(area);
            svg.area(rings, shade.colour(), LIGHT_BORDER, "0.5");
            if (shade.step() == Shade.UNKNOWN) {
                svg.hatch(rings, 8, HATCH);
            }
        }
        for (Area area : drawing.outlines()) {
            svg.area(projection.rings(area), "none", "#222222", "1.1");
        }
        for (Area area : drawing.labels()) {
            double[] middle = projection.point(area.middle());
            int[] aside = ASIDE.getOrDefault(area.code(), new int[] {0, 0});
            svg.label(middle[0] + aside[0], middle[1] + 4 + aside[1], SIZE_OF_NAMES, area.name());
        }
        for (int at = 0; at < legend.size(); at++) {
            int x = at % columns * (drawing.width() / columns);
            legend.get(at).draw(svg, x + 1, bottom + at / columns * LEGEND);
        }
        return svg.document(drawing.alternative());
    }

    private record Entry(int step, String text) {
        void draw(Svg svg, int x, int y) {
            if (step == Shade.UNKNOWN) {
                svg.hatchedBox(x, y + 2, 16, 11);
            } else {
                svg.box(x, y + 2, 16, 11, new Shade(step, "").colour());
            }
            svg.text(x + 21, y + 12, 11, "#222222", text);
        }
    }

    private List<Entry> legend(Drawing drawing) {
        List<Integer> used = drawing.areas().stream()
                .map(area -> drawing.shades().apply(area.code()).step())
                .distinct()
                .toList();
        List<Entry> legend = new ArrayList<>();
        if (used.contains(Shade.UNKNOWN)) {
            legend.add(new Entry(Shade.UNKNOWN, words.text("map.unknown")));
        }
        if (used.contains(Shade.HIDDEN)) {
            legend.add(new Entry(Shade.HIDDEN, words.text("map.hidden")));
        }
        if (used.contains(0)) {
            legend.add(new Entry(0, "0"));
        }
        for (int at = 0; at < drawing.limits().size(); at++) {
            if (used.stream().anyMatch(step -> step > 0)) {
                legend.add(new Entry(at + 1, drawing.limits().get(at)));
            }
        }
        return legend;
    }
}
