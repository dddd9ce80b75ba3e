package ml.keneya.load.bench;

import java.util.List;

/** One of the invented sites that post in a benchmark. */
record Facility(int number, String kind, Region region) {
    static final int COUNT = 60;

    /** A region by the division of 2023. */
    record Region(String code, String name, double longitude, double latitude) {}

    private static final List<Region> REGIONS = List.of(
            new Region("01", "Kayes", -11.4, 14.4),
            new Region("02", "Koulikoro", -7.6, 12.9),
            new Region("03", "Sikasso", -5.7, 11.3),
            new Region("04", "Ségou", -6.3, 13.4),
            new Region("00", "Bamako", -8.0, 12.6));
    private static final List<String> KINDS = List.of("cscom", "cscom", "cscom", "csref");

    static Facility number(int number) {
        return new Facility(number, KINDS.get(number % KINDS.size()), REGIONS.get(number % REGIONS.size()));
    }

    /** The code that the site posts under, and the id of its Organization and Location. */
    String code() {
        return String.format("bench-%03d", number);
    }

    String name() {
        return "Site d'essai %s %d".formatted(region.name(), number);
    }
}
