package ml.keneya.load.generate.people;

import java.util.List;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.mali.Locality;
import ml.keneya.load.generate.outbreak.Outbreak;
import org.jspecify.annotations.Nullable;

/**
 * People who live together, and what they share.
 *
 * @param number its number in the scenario
 * @param home the CSCom that keeps their records
 * @param origin where a displaced family comes from
 * @param language BCP 47
 * @param phone shared by all
 * @param registered epoch day on which the CSCom wrote them into its register
 * @param affected the outbreak case among them
 */
public record Household(
        long number,
        boolean inProgramme,
        Commune commune,
        Locality locality,
        Facility home,
        @Nullable Commune origin,
        String language,
        @Nullable String phone,
        Cover cover,
        int registered,
        List<Person> members,
        @Nullable Affected affected) {
    public Household {
        members = List.copyOf(members);
    }

    /** Which member is which case of which outbreak. */
    public record Affected(Outbreak outbreak, Outbreak.Case affliction, int member) {}

    /**
     * Who pays for care.
     *
     * @param scheme code of {@code ml-coverage-type}
     * @param number of the insured, shared by the household as households do
     * @param movedToRamu whether the AMO cover went over to RAMU in 2025
     */
    public record Cover(String scheme, String number, boolean movedToRamu) {
        public static final Cover NONE = new Cover("", "", false);

        public boolean isNone() {
            return scheme.isEmpty();
        }
    }

    /** The record number of a member at the CSCom. */
    public String recordNumber(String tag, int position) {
        String digits = Long.toString(number);
        return tag + "-" + "0".repeat(Math.max(0, 7 - digits.length())) + digits + "-" + (position < 9 ? "0" : "")
                + (position + 1);
    }
}
