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
 */
@ConfigurationProperties("keneya.validation")
record ValidationSettings(
        @DefaultValue("enforce") Policy policy,
        @DefaultValue Map<String, Policy> perType,
        @DefaultValue("true") boolean compiled,
        @DefaultValue("10s") Duration timeLimit) {

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
    }

    Policy policyFor(String resourceType) {
        return perType.getOrDefault(resourceType, policy);
    }
}
