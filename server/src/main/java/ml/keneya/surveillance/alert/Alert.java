package ml.keneya.surveillance.alert;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import ml.keneya.surveillance.detect.Signal;
import org.jspecify.annotations.Nullable;

/**
 * An event: a disease in a place, from the case that reached a threshold to the completed verification.
 *
 * @param id also the id of its Flag and of its Task
 * @param level {@code alert} or {@code epidemic}
 * @param rule the threshold that was reached
 * @param beganOn the day of its first case
 * @param dueAt by when its verification is to be acknowledged, and done
 */
record Alert(
        UUID id,
        String disease,
        String division,
        String place,
        String level,
        String rule,
        LocalDate beganOn,
        OffsetDateTime raisedAt,
        OffsetDateTime dueAt,
        @Nullable OffsetDateTime closedAt) {

    boolean isEpidemic() {
        return level.equals(Signal.EPIDEMIC);
    }

    boolean isOpen() {
        return closedAt == null;
    }
}
