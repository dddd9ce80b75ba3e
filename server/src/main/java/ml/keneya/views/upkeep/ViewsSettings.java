package ml.keneya.views.upkeep;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tables that surveillance counts in.
 *
 * @param maintained whether the tables follow the records; off only to measure what they cost, and everything is built
 *     anew when it is on again
 * @param folder with further ViewDefinitions of the operator's own, named like ours; none without it
 */
@ConfigurationProperties("keneya.views")
record ViewsSettings(
        @DefaultValue("true") boolean maintained, @Nullable Path folder) {}
