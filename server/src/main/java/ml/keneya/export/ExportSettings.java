package ml.keneya.export;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bulk exports.
 *
 * @param kept how long an export and its files can be fetched; a slow link needs days
 * @param recordsPerFile the size of a file: what is fetched again after an interruption, and how many can be fetched
 *     beside one another
 * @param publishedTypes resource types of which the exchange publishes all records without being asked; none when empty
 * @param publishedEvery how often it does so
 */
@Validated
@ConfigurationProperties("keneya.export")
record ExportSettings(
        @DefaultValue("72h") @NotNull Duration kept,
        @DefaultValue("50000") @Min(1) int recordsPerFile,

        @DefaultValue({"Organization", "Location", "HealthcareService", "PractitionerRole", "Practitioner"}) @NotNull
        List<String> publishedTypes,

        @DefaultValue("24h") @NotNull Duration publishedEvery) {

    ExportSettings {
        publishedTypes = publishedTypes.stream().filter(type -> !type.isBlank()).toList();
    }
}
