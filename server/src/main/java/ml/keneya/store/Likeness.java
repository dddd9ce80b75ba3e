package ml.keneya.store;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * How far a person who is sent and the one who is kept under the same number agree. What one of them does not say
 * agrees with everything; birth dates are often estimated, and names are written by ear.
 *
 * @param sex agrees
 * @param years the birth dates are at most five years apart
 * @param birth the birth dates are the same, as far as both say them
 * @param names family and given names may be two spellings of the same
 */
record Likeness(boolean sex, boolean years, boolean birth, boolean names) {

    /** Birth dates are often estimated; beyond this many years it is somebody else. */
    private static final int YEARS_OF_DOUBT = 5;

    static Likeness of(Patient sent, Patient held) {
        return new Likeness(
                !sent.hasGender() || !held.hasGender() || sent.getGender() == held.getGender(),
                !areYearsApart(sent.getBirthDateElement(), held.getBirthDateElement()),
                isSameDay(sent.getBirthDateElement(), held.getBirthDateElement()),
                areNamesAlike(sent.getName(), held.getName()));
    }

    /** Enough for a national number, which is the person's own. */
    boolean isSame() {
        return sex && years;
    }

    /**
     * Whether a site that names somebody by its own record number means somebody else. Registers begin at 1 again each
     * year: the next child with the number may well be of the same sex and age.
     */
    boolean isAnother() {
        return !isSame() || isAnotherThanCorrected();
    }

    /**
     * The same of an update, which may correct the sex, the birth date or the name, but not all that says who it is.
     */
    boolean isAnotherThanCorrected() {
        return !names && !(sex && birth);
    }

    private static boolean areYearsApart(DateType one, DateType other) {
        return one.hasValue() && other.hasValue() && Math.abs(one.getYear() - other.getYear()) > YEARS_OF_DOUBT;
    }

    private static boolean isSameDay(DateType one, DateType other) {
        if (!one.hasValue() || !other.hasValue()) {
            return true;
        }
        String first = one.getValueAsString();
        String second = other.getValueAsString();
        return first.startsWith(second) || second.startsWith(first);
    }

    private static boolean areNamesAlike(List<HumanName> sent, List<HumanName> held) {
        return sent.isEmpty()
                || held.isEmpty()
                || sent.stream().anyMatch(one -> held.stream().anyMatch(other -> areAlike(one, other)));
    }

    private static boolean areAlike(HumanName one, HumanName other) {
        return areAlike(words(one.getFamily()), words(other.getFamily()))
                && areAlike(words(given(one)), words(given(other)));
    }

    private static String given(HumanName name) {
        return name.getGiven().stream()
                .filter(PrimitiveType::hasValue)
                .map(PrimitiveType::getValue)
                .collect(Collectors.joining(" "));
    }

    private static boolean areAlike(Set<String> one, Set<String> other) {
        return one.isEmpty()
                || other.isEmpty()
                || one.stream().anyMatch(word -> other.stream().anyMatch(each -> soundAlike(word, each)));
    }

    /**
     * The words of a name without what spellings of the same sound differ in: Traoré and TRAORE, Kulibali and
     * Coulibaly.
     */
    private static Set<String> words(@Nullable String name) {
        if (name == null) {
            return Set.of();
        }
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}]+", " ")
                .replace("ou", "u")
                .replace("ph", "f")
                .replace("dj", "j")
                .replace("gu", "g")
                .replace("c", "k")
                .replace("q", "k")
                .replace("y", "i")
                .replace("h", "")
                .replaceAll("(\\p{L})\\1+", "$1");
        return Arrays.stream(plain.split(" ")).filter(word -> !word.isBlank()).collect(Collectors.toSet());
    }

    private static boolean soundAlike(String one, String other) {
        return distance(one, other) <= Math.min(one.length(), other.length()) / 4;
    }

    /** How many letters must be changed, put in or left out. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int line = 1; line <= one.length(); line++) {
            int corner = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int changed = corner + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                corner = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
