package ml.keneya.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the database one who reads may take.
 *
 * @param timeLimit of one statement of a search, a history or a question about loaded codes; writes, exports and counts
 *     of views have none
 */
@ConfigurationProperties("keneya.reading")
record ReadingSettings(@DefaultValue("10s") Duration timeLimit) {}
