package ml.keneya.intake;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Taking delivery.
 *
 * @param patience how long a delivery waits for its own first try before its sender is asked to come back
 * @param answersKept how long the answer of an accepted delivery is kept for its repetition; 30 days at least
 * @param refusedKept how long the bytes of a refused delivery are kept for correction
 * @param timeBudget how long a sender waits for its answer that does not say so itself ({@code Prefer: wait}); after
 *     it, what is not yet being written is carried out later. As delivered, practically never: a client that did not
 *     ask for 202 would take it for a failure
 * @param uploadsKept how long an upload in pieces is kept after it was begun
 */
@Validated
@ConfigurationProperties("keneya.intake")
record IntakeSettings(
        @DefaultValue("30s") @NotNull Duration patience,
        @DefaultValue("90d") @NotNull Duration answersKept,
        @DefaultValue("90d") @NotNull Duration refusedKept,
        @DefaultValue("36500d") @NotNull Duration timeBudget,
        @DefaultValue("7d") @NotNull Duration uploadsKept) {

    private static final Duration SHORTEST = Duration.ofDays(30);

    IntakeSettings {
        if (answersKept.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "keneya.intake.answers-kept must be at least 30d: clinics come back late.");
        }
    }
}
