package ml.keneya.store.summary;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a site may break the glass.
 *
 * @param perDay for how many summaries one facility may state {@code Keneya-Purpose: BTG} within 24 hours where it
 *     could not read otherwise; numbers that nobody has count
 */
@ConfigurationProperties("keneya.emergencies")
record EmergencySettings(@DefaultValue("20") int perDay) {}
