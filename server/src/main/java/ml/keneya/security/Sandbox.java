package ml.keneya.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Whether this server is for trying out, and how long what it gives out for that is good. */
@Component
public class Sandbox {

    /** One working day. */
    private static final Duration LIFE = Duration.ofHours(8);

    /** How clients and people of a sandbox begin, so that logs and the trace show what they were. */
    public static final String PREFIX = "sandbox-";

    private final boolean on;
    private final Clock clock = Clock.systemUTC();

    Sandbox(SandboxSettings settings) {
        this.on = settings.sandbox();
    }

    public boolean isOn() {
        return on;
    }

    /** When credentials end that are given out now. */
    public Instant endOfWhatBeginsNow() {
        return clock.instant().plus(LIFE);
    }

    /** Whether something that was given out is still good here; never on a server that is no sandbox. */
    public boolean isGood(Instant end) {
        return on && clock.instant().isBefore(end);
    }
}
