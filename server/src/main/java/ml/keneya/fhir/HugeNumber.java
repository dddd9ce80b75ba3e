package ml.keneya.fhir;

/**
 * Tells a number of a dozen characters that becomes a gigabyte when it is written out, as HAPI does to compare, search
 * and store.
 */
public final class HugeNumber {

    /** More digits than anybody measures, before or after the point. */
    public static final int LARGEST_EXPONENT = 100;

    private HugeNumber() {}

    /** @param number as it was written */
    public static boolean is(String number) {
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (mark < 0) {
            return false;
        }
        String exponent = number.substring(mark + 1).replaceFirst("^[+-]?0*", "");
        return exponent.length() > 3 || (!exponent.isEmpty() && Integer.parseInt(exponent) > LARGEST_EXPONENT);
    }
}
