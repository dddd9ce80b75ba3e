package ml.keneya.export.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Uploads of lines.
 *
 * @param maximumUpload the largest upload, inflated
 * @param linesPerDelivery how many lines are delivered together
 */
@Validated
@ConfigurationProperties("keneya.import")
record ImportSettings(
        @DefaultValue("4GB") @NotNull DataSize maximumUpload,
        @DefaultValue("100") @Min(1) @Max(1000) int linesPerDelivery) {}
