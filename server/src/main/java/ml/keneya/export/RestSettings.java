package ml.keneya.export;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How exports give way to deliveries.
 *
 * @param times how many times as long as it has read an export rests after each piece, while this server writes
 *     records; 0: it never rests
 */
@Validated
@ConfigurationProperties("keneya.export.rest")
record RestSettings(@DefaultValue("3") @Min(0) @Max(100) int times) {}
