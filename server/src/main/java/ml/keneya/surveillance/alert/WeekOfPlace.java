package ml.keneya.surveillance.alert;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import ml.keneya.surveillance.EpidemiologicalWeek;

/**
 * The week of a place that an alert is founded on.
 *
 * @param division whose code the place is
 */
record WeekOfPlace(String division, String place, LocalDate monday) {

    /**
     * Where its report is had, below the exchange's base: the operation of FHIR's clinical reasoning that answers with
     * the MeasureReport, whose group of the disease has the counts.
     */
    String report() {
        return "Measure/ml-idsr-weekly/$evaluate-measure?periodStart=" + monday + "&periodEnd="
                + new EpidemiologicalWeek(monday).sunday() + "&subject="
                + URLEncoder.encode(division + "|" + place, StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }
}
