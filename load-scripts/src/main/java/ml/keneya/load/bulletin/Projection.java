package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.bulletin.Boundaries.Area;

/** Puts longitudes and latitudes on a sheet: equirectangular, true to scale in the middle of what is shown. */
final class Projection {
    private final double west;
    private final double north;
    private final double shrink;
    private final double scale;
    private final int width;
    private final int height;

    /**
     * @param width of the sheet
     * @param tallest height that it may have
     */
    Projection(List<Area> shown, int width, int tallest) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (Area area : shown) {
            for (double[][] ring : area.rings()) {
                for (double[] point : ring) {
                    box[0] = Math.min(box[0], point[0]);
                    box[1] = Math.min(box[1], point[1]);
                    box[2] = Math.max(box[2], point[0]);
                    box[3] = Math.max(box[3], point[1]);
                }
            }
        }
        this.shrink = Math.cos(Math.toRadians((box[1] + box[3]) / 2));
        int margin = 4;
        double across = (box[2] - box[0]) * shrink;
        double down = box[3] - box[1];
        this.scale = Math.min((width - 2 * margin) / across, (tallest - 2 * margin) / down);
        this.width = (int) Math.ceil(across * scale) + 2 * margin;
        this.height = (int) Math.ceil(down * scale) + 2 * margin;
        this.west = box[0] * shrink - margin / scale;
        this.north = box[3] + margin / scale;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    double[] point(double[] place) {
        return new double[] {(place[0] * shrink - west) * scale, (north - place[1]) * scale};
    }

    /** The closed lines in whole units of the sheet; what falls together is drawn once. */
    List<int[][]> rings(Area area) {
        List<int[][]> rings = new ArrayList<>();
        for (double[][] ring : area.rings()) {
            List<int[]> points = new ArrayList<>();
            for (double[] place : ring) {
                double[] point = point(place);
                int[] rounded = {(int) Math.round(point[0]), (int) Math.round(point[1])};
                int[] last = points.isEmpty() ? null : points.get(points.size() - 1);
                if (last == null || last[0] != rounded[0] || last[1] != rounded[1]) {
                    points.add(rounded);
                }
            }
            if (points.size() > 3) {
                rings.add(points.toArray(int[][]::new));
            }
        }
        return rings;
    }
}
