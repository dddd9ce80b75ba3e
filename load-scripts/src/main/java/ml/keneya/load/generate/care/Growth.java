package ml.keneya.load.generate.care;

import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.people.Person;

/** How much people weigh: a plain curve, near the medians of WHO's growth standards less what children of Mali lack. */
final class Growth {
    private Growth() {}

    /** Kilograms. */
    static double weight(Person person, int day, Chance chance) {
        double years = person.ageInDays(day) / 365.25;
        double mean;
        if (years < 1) {
            mean = 3.1 + 5.6 * StrictMath.sqrt(years);
        } else if (years < 10) {
            mean = 8.7 + 2.05 * (years - 1);
        } else {
            mean = Math.min(person.female() ? 58 : 64, 27 + 4.6 * (years - 10));
        }
        return Math.max(1.6, chance.around(mean, mean * 0.11));
    }
}
