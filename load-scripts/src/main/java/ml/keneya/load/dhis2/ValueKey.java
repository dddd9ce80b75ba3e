package ml.keneya.load.dhis2;

/**
 * What DHIS2 knows a value by, beside its period: two values with the same key are one value.
 *
 * @param optionCombo the category option combination; empty for the one that DHIS2 takes when none is named
 */
record ValueKey(String dataElement, String orgUnit, String optionCombo) implements Comparable<ValueKey> {
    @Override
    public int compareTo(ValueKey other) {
        int byUnit = orgUnit.compareTo(other.orgUnit);
        int byElement = dataElement.compareTo(other.dataElement);
        return byUnit != 0 ? byUnit : byElement != 0 ? byElement : optionCombo.compareTo(other.optionCombo);
    }
}
