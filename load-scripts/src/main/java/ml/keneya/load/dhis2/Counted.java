package ml.keneya.load.dhis2;

/**
 * What a value of DHIS2 counts, in the words of the exchange; several, joined by a plus sign, where several of ours are
 * one of theirs.
 *
 * @param place its code
 * @param what disease and count: {@code cholera/suspected-cases}
 */
record Counted(String place, String name, String what) {
    Counted with(Counted other) {
        return new Counted(joined(place, other.place), joined(name, other.name), joined(what, other.what));
    }

    private static String joined(String one, String other) {
        return other.isEmpty() || (" + " + one + " + ").contains(" + " + other + " + ") ? one : one + " + " + other;
    }
}
