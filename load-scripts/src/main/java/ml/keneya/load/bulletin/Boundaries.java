package ml.keneya.load.bulletin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import ml.keneya.load.exchange.Json;

/**
 * The regions and cercles of before the reform of 2023, as lines on the ground. Origin and licence are in the files.
 */
final class Boundaries {
    private final List<Area> regions = read("regions.geojson");
    private final List<Area> cercles = read("cercles.geojson");

    /**
     * A region or a cercle.
     *
     * @param parent the region of a cercle, empty for a region
     * @param rings longitude and latitude of the points of each closed line
     */
    record Area(String code, String name, String parent, List<double[][]> rings) {
        /** The middle of the largest line: where a name may stand. */
        double[] middle() {
            double[][] largest = rings.stream()
                    .max(Comparator.comparingDouble(ring -> Math.abs(doubledArea(ring))))
                    .orElseThrow();
            double doubled = doubledArea(largest);
            double x = 0;
            double y = 0;
            for (int at = 0; at < largest.length - 1; at++) {
                double cross = largest[at][0] * largest[at + 1][1] - largest[at + 1][0] * largest[at][1];
                x += (largest[at][0] + largest[at + 1][0]) * cross;
                y += (largest[at][1] + largest[at + 1][1]) * cross;
            }
            return new double[] {x / (3 * doubled), y / (3 * doubled)};
        }

        private static double doubledArea(double[][] ring) {
            double sum = 0;
            for (int at = 0; at < ring.length - 1; at++) {
                sum += ring[at][0] * ring[at + 1][1] - ring[at + 1][0] * ring[at][1];
            }
            return sum;
        }
    }

    List<Area> regions() {
        return regions;
    }

    List<Area> cercles() {
        return cercles;
    }

    List<Area> cerclesOf(String region) {
        return cercles.stream().filter(area -> area.parent().equals(region)).toList();
    }

    private static List<Area> read(String file) {
        JsonNode document;
        try (InputStream lines = Objects.requireNonNull(
                Boundaries.class.getResourceAsStream("/ml/keneya/load/bulletin/" + file), file)) {
            document = Json.read(lines);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        List<Area> areas = new ArrayList<>();
        for (JsonNode feature : document.path("features")) {
            JsonNode properties = feature.path("properties");
            JsonNode geometry = feature.path("geometry");
            List<double[][]> rings = new ArrayList<>();
            if (geometry.path("type").asText().equals("Polygon")) {
                add(geometry.path("coordinates"), rings);
            } else {
                geometry.path("coordinates").forEach(polygon -> add(polygon, rings));
            }
            areas.add(new Area(
                    properties.path("code").asText(),
                    properties.path("name").asText(),
                    properties.path("parent_code").asText(),
                    rings));
        }
        areas.sort(Comparator.comparing(Area::code));
        return List.copyOf(areas);
    }

    private static void add(JsonNode polygon, List<double[][]> rings) {
        for (JsonNode ring : polygon) {
            double[][] points = new double[ring.size()][];
            for (int at = 0; at < points.length; at++) {
                points[at] = new double[] {
                    ring.get(at).get(0).asDouble(), ring.get(at).get(1).asDouble()
                };
            }
            rings.add(points);
        }
    }
}
