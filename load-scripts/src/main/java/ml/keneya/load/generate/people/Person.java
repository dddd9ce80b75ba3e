package ml.keneya.load.generate.people;

import ml.keneya.load.generate.mali.Names.Name;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param position within the household; the head is 0
 * @param birth epoch day
 * @param mother position of the mother in the household, or -1; {@code father} and {@code guardian} likewise
 * @param nina the national identification number, for those who have one
 * @param phone of one's own
 * @param death epoch day, or {@link #ALIVE}
 */
public record Person(
        int position,
        boolean female,
        int birth,
        BirthPrecision precision,
        Name family,
        Name given,
        int mother,
        int father,
        int guardian,
        Papers papers,
        @Nullable String phone,
        int death) {
    public static final int ALIVE = Integer.MAX_VALUE;
    private static final double DAYS_A_YEAR = 365.25;

    /** What of the birth date is known; the codes are those of {@code ml-birth-date-precision}. */
    public enum BirthPrecision {
        DAY("day"),
        MONTH("month"),
        YEAR("year"),
        ESTIMATED("estimated");

        private final String code;

        BirthPrecision(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * Identity papers.
     *
     * @param nina the national identification number
     * @param birthCertificate number and year
     * @param displaced the registration of a displaced person
     */
    public record Papers(
            @Nullable String nina,
            @Nullable String birthCertificate,
            @Nullable String displaced) {
        static final Papers NONE = new Papers(null, null, null);
    }

    public boolean isBornOn(int day) {
        return birth <= day;
    }

    public boolean isAliveOn(int day) {
        return birth <= day && day < death;
    }

    public int ageInDays(int day) {
        return day - birth;
    }

    public int ageInYears(int day) {
        return (int) ((day - birth) / DAYS_A_YEAR);
    }

    public boolean isDead() {
        return death != ALIVE;
    }

    Person dyingOn(int day) {
        return new Person(
                position, female, birth, precision, family, given, mother, father, guardian, papers, phone, day);
    }
}
