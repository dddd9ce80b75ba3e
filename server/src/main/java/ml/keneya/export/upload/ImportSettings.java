package ml.keneya.export.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Imports of lines.
 *
 * @param maximumUpload the largest upload, and the largest file of a source, inflated
 * @param linesPerDelivery how many lines are delivered together
 * @param sources what addresses of files may begin with; none are fetched when it is empty
 * @param privateAddresses whether sources may have addresses that are not of the public network
 * @param kept how long it can be asked what became of an import from sources, from its end
 */
@Validated
@ConfigurationProperties("keneya.import")
record ImportSettings(
        @DefaultValue("4GB") @NotNull DataSize maximumUpload,
        @DefaultValue("100") @Min(1) @Max(1000) int linesPerDelivery,
        @DefaultValue @NotNull List<String> sources,
        @DefaultValue("false") boolean privateAddresses,
        @DefaultValue("72h") @NotNull Duration kept) {

    ImportSettings {
        sources = sources.stream()
                .map(String::strip)
                .filter(source -> !source.isEmpty())
                .toList();
    }
}
