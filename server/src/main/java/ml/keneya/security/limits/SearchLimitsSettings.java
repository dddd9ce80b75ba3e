package ml.keneya.security.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How complicated one search may be; more is refused with 400.
 *
 * @param chain references that one parameter may follow, as {@code subject.organization.name} follows two
 * @param reverseChain {@code _has} within one parameter
 * @param conditions parameters of one search, repetitions counted
 * @param values values of all its parameters together, as {@code _id=a,b} has two
 * @param includes {@code _include} and {@code _revinclude} together
 * @param offset beyond how many records no page begins, a million at most: there HAPI ends a search without a word
 */
@ConfigurationProperties("keneya.search-limits")
record SearchLimitsSettings(
        @DefaultValue("2") int chain,
        @DefaultValue("1") int reverseChain,
        @DefaultValue("60") int conditions,
        @DefaultValue("500") int values,
        @DefaultValue("30") int includes,
        @DefaultValue("10000") int offset) {

    private static final int FARTHEST = 1_000_000;

    SearchLimitsSettings {
        if (offset < 1 || offset > FARTHEST) {
            throw new IllegalArgumentException("keneya.search-limits.offset must be between 1 and " + FARTHEST + ".");
        }
    }
}
