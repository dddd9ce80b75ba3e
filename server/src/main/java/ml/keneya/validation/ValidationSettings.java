package ml.keneya.validation;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How strictly records are checked against Mali's profiles before they are stored.
 *
 * @param policy for all resource types
 * @param perType exceptions by resource type, for example while the software of a site is being corrected
 * @param compiled whether the compiled validator is asked first; what it accepts is accepted
 * @param timeLimit processor time that one record may take before it is refused
 * @param recheckedShare of what the compiled validator accepts, how much the official one is asked about in the
 *     background, from 0 (nothing) to 1 (all)
 */
@ConfigurationProperties("keneya.validation")
record ValidationSettings(
        @DefaultValue("enforce") Policy policy,
        @DefaultValue Map<String, Policy> perType,
        @DefaultValue("true") boolean compiled,
        @DefaultValue("10s") Duration timeLimit,
        @DefaultValue("0.01") double recheckedShare) {

    /** What happens to a record that breaks a rule. */
    enum Policy {
        /** It is refused. */
        ENFORCE,
        /** It is stored, and the client is told what is wrong. */
        REPORT,
        /** It is not looked at. */
        OFF
    }

    ValidationSettings {
        perType = Map.copyOf(perType);
        if (!(recheckedShare >= 0 && recheckedShare <= 1)) {
            throw new IllegalArgumentException("keneya.validation.rechecked-share is a share, from 0 to 1");
        }
    }

    Policy policyFor(String resourceType) {
        return perType.getOrDefault(resourceType, policy);
    }
}
