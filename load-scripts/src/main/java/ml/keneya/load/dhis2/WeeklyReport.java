package ml.keneya.load.dhis2;

import java.util.List;
import ml.keneya.load.agency.EpidemiologicalWeek;

/**
 * The weekly report as the exchange gave it.
 *
 * @param version of the figures; empty for a report without a line
 */
record WeeklyReport(EpidemiologicalWeek week, String version, List<WeeklyRow> rows) {
    WeeklyReport {
        rows = List.copyOf(rows);
    }
}
