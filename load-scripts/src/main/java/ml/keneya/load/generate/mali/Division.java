package ml.keneya.load.generate.mali;

/**
 * A region, cercle or commune by its code; the code system says which of the two divisions of Mali is meant.
 *
 * @param since the year of the division: 2015 or 2023
 */
public record Division(int since, String code, String name) {}
