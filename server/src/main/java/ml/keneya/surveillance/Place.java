package ml.keneya.surveillance;

/**
 * A place within one of the three divisions of the country.
 *
 * @param division {@code 2015} and {@code 2023}: the administrative one before and after the reform; {@code health}:
 *     the sanitary one of the registry
 * @param code of the division or the facility; {@code ML} is the country in all three
 */
record Place(String division, String code) {

    static final String COUNTRY = "ML";
    static final String BEFORE_REFORM = "2015";
    static final String AFTER_REFORM = "2023";
    static final String HEALTH = "health";

    /** The level at which each facility is told apart, in all three. */
    static final String FACILITY = "facility";

    /** The smallest place that is known of a record; not for who asks. */
    static final String FINEST = "finest";
}
