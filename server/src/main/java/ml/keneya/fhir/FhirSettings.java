package ml.keneya.fhir;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The HTTP face.
 *
 * @param baseUrl the address clients use, when it is not the one requests arrive under (behind a proxy); links in
 *     answers start with it
 * @param maximumBody the largest request body, inflated (decision 20)
 * @param maximumCompressionRatio how many times a compressed body may grow, checked once it has grown beyond 1 MiB
 */
@Validated
@ConfigurationProperties("keneya.fhir")
record FhirSettings(
        @Nullable URI baseUrl,
        @DefaultValue("10MB") DataSize maximumBody,
        @DefaultValue("100") int maximumCompressionRatio) {}
