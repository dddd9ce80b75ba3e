package ml.keneya.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a sandbox gives out is good in a sandbox, and for its time. */
class SandboxTest {

    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2126-01-01T00:00:00Z");

    @Test
    void letsGuestsInUntilTheirEnd() {
        Sandbox sandbox = new Sandbox(new SandboxSettings(true));

        assertThat(sandbox.isGood(FUTURE)).isTrue();
        assertThat(sandbox.isGood(PAST)).isFalse();
        assertThat(sandbox.isGood(sandbox.endOfWhatBeginsNow())).isTrue();
    }

    @Test
    void letsNoGuestInElsewhere() {
        assertThat(new Sandbox(new SandboxSettings(false)).isGood(FUTURE)).isFalse();
    }
}
