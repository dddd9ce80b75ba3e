package ml.keneya.load.generate.mali;

/**
 * A place where people live.
 *
 * @param longitude degrees east, as published
 * @param latitude degrees north, as published
 * @param east the longitude as a number
 * @param north the latitude as a number
 */
public record Locality(String name, String longitude, String latitude, double east, double north) {
    Locality(String name, String longitude, String latitude) {
        this(name, longitude, latitude, Double.parseDouble(longitude), Double.parseDouble(latitude));
    }

    double distanceTo(Locality other) {
        double eastward = east - other.east;
        double northward = north - other.north;
        return eastward * eastward + northward * northward;
    }
}
