package ml.keneya.security.trace;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The trace of accesses.
 *
 * @param patience how long an answer waits for its row in the trace before it is refused
 * @param anchorEvery how often the end of the chain is noted in the table of anchors and in the log
 * @param rowsOfAStranger how many refusals of one address and claimed name have rows of their own before they are only
 *     counted
 * @param rowsOfStrangers the same for all addresses together
 */
@ConfigurationProperties("keneya.trace")
record TraceSettings(
        @DefaultValue("5s") Duration patience,
        @DefaultValue("10m") Duration anchorEvery,
        @DefaultValue("60") int rowsOfAStranger,
        @DefaultValue("600") int rowsOfStrangers) {}
