package ml.keneya.load.dhis2;

/** A value that DHIS2 should hold. */
record Wanted(long value, Counted counted) {
    Wanted with(Wanted other) {
        return new Wanted(value + other.value, counted.with(other.counted));
    }
}
