package ml.keneya.surveillance.alert;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts on weekly counts are found, and how long the cases of an alert are shown.
 *
 * @param alsoEvaluated codes of {@code ml-alert-threshold} that count by weeks and are not certain, and are evaluated
 *     all the same: which is decided by docs/benchmarks.md, on populations with known outbreaks
 * @param everyHowLong how often the weeks are looked at
 * @param lastWeeks how many weeks are looked at, the one that is not over included: cases of weeks that are longer ago
 *     change reports and raise nothing, because it is too late to do anything about them
 * @param casesShownAfterClosing how long districts and the agency go on reading the cases of an event that is over
 */
@ConfigurationProperties("keneya.alerts")
record AlertSettings(
        @DefaultValue({
            "meningitis-c2",
            "meningitis-season",
            "measles-c2",
            "measles-season",
            "awd-under5-c2",
            "awd-under5-season",
            "bloody-diarrhoea-c2",
            "bloody-diarrhoea-season",
            "severe-pneumonia-under5-c2",
            "severe-pneumonia-under5-season",
            "ili-c2",
            "ili-season",
            "typhoid-c2",
            "typhoid-season",
            // Nearly every week of the rains is above those before it, so C2 is of no use for malaria.
            "malaria-season"
        })
        Set<String> alsoEvaluated,

        @DefaultValue("PT1H") Duration everyHowLong,
        @DefaultValue("8") int lastWeeks,

        @DefaultValue("P30D") Duration casesShownAfterClosing) {

    AlertSettings {
        if (lastWeeks < 1) {
            throw new IllegalArgumentException("keneya.alerts.last-weeks must be at least 1");
        }
    }
}
