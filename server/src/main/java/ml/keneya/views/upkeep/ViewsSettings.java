package ml.keneya.views.upkeep;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tables that surveillance counts in.
 *
 * @param maintained whether the tables follow the records; off only to measure what they cost, and everything is built
 *     anew when it is on again
 */
@ConfigurationProperties("keneya.views")
record ViewsSettings(@DefaultValue("true") boolean maintained) {}
