package ml.keneya.load.bulletin;

import java.util.Optional;

/**
 * What became of the known children of a place whose first birthday is over.
 *
 * @param children how many they are
 * @param penta1 share with the first dose of pentavalent, in percent; empty where there are no children
 * @param dropOut share of those with the first dose who have no third
 * @param zeroDose share of those without any
 */
record Vaccinated(
        String place,
        long children,
        Optional<Double> penta1,
        Optional<Double> penta3,
        Optional<Double> dropOut,
        Optional<Double> zeroDose) {}
