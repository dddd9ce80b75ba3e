package ml.keneya.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may say that they treat whom.
 *
 * @param claimsPerDay how many people whom the exchange knows already one facility may name by a national number within
 *     24 hours, and so open to itself
 */
@ConfigurationProperties("keneya.treatments")
record TreatmentSettings(@DefaultValue("200") int claimsPerDay) {}
