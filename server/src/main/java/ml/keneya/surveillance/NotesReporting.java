package ml.keneya.surveillance;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import ml.keneya.store.FollowsWrites;
import ml.keneya.store.WrittenRecord;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Location.LocationStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes, in the transaction that writes them, when weekly reports of sites came and when sites opened and closed. A
 * view knows the last version of a record only, and a past week is judged by what was there in time (decision 0080).
 */
@Component
class NotesReporting implements FollowsWrites {

    private static final Pattern WEEKLY = Pattern.compile(".*/Measure/ml-idsr-weekly([|].*)?");
    private static final int LENGTH_OF_DAY = "2026-11-29".length();

    private final JdbcClient jdbc;

    NotesReporting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void follow(List<WrittenRecord> written) {
        for (WrittenRecord each : written) {
            switch (each.change().resourceType()) {
                case "MeasureReport" -> noteReport(each);
                case "Organization", "Location" -> noteSite(each);
                default -> {}
            }
        }
    }

    private void noteReport(WrittenRecord written) {
        MeasureReport report = written.resource() instanceof MeasureReport found && isWeekly(found) ? found : null;
        if (report == null && written.change().version() == 1) {
            return;
        }
        // A later version that is no weekly report any more takes back what an earlier one said.
        jdbc.sql("""
                        insert into keneya.weekly_report_version
                            (report_id, version, reporter_id, owner_facility, monday, handed_in)
                        select :id, :version, cast(:reporter as text), cast(:owner as text), cast(:monday as date), :handed
                        where :weekly or exists (
                            select from keneya.weekly_report_version earlier where earlier.report_id = :id)
                        on conflict (report_id, version) do update set reporter_id = excluded.reporter_id,
                            owner_facility = excluded.owner_facility, monday = excluded.monday, handed_in = excluded.handed_in
                        """)
                .param("id", written.change().id())
                .param("version", written.change().version())
                .param("weekly", report != null)
                .param("reporter", report == null ? null : reporter(report))
                .param("owner", report == null ? null : owner(report))
                .param("monday", report == null ? null : monday(report))
                .param("handed", report != null && report.getStatus() == MeasureReportStatus.COMPLETE)
                .update();
    }

    private void noteSite(WrittenRecord written) {
        Boolean active = isActive(written.resource());
        if (active == null) {
            return;
        }
        jdbc.sql("""
                        insert into keneya.site_version (record_type, record_id, version, active)
                        values (:type, :id, :version, :active)
                        on conflict (record_type, record_id, version) do update set active = excluded.active
                        """)
                .param("type", written.change().resourceType())
                .param("id", written.change().id())
                .param("version", written.change().version())
                .param("active", active)
                .update();
    }

    /** Absent for what is no place with a code, and for what was deleted. */
    private static @Nullable Boolean isActive(@Nullable Resource record) {
        if (record instanceof Organization organization) {
            return !organization.hasActive() || organization.getActive();
        }
        if (record instanceof Location location
                && location.getIdentifier().stream().anyMatch(each -> Canonicals.FACILITY.equals(each.getSystem()))) {
            return !location.hasStatus() || location.getStatus() == LocationStatus.ACTIVE;
        }
        return null;
    }

    private static boolean isWeekly(MeasureReport report) {
        return report.hasMeasure() && WEEKLY.matcher(report.getMeasure()).matches();
    }

    private static @Nullable String reporter(MeasureReport report) {
        return "Organization".equals(report.getReporter().getReferenceElement().getResourceType())
                ? report.getReporter().getReferenceElement().getIdPart()
                : null;
    }

    private static @Nullable String owner(MeasureReport report) {
        return report.getMeta().getSecurity().stream()
                .filter(label -> Canonicals.OWNER.equals(label.getSystem()))
                .map(Coding::getCode)
                .findFirst()
                .orElse(null);
    }

    /**
     * The Monday of the week in which the period begins, as the view has its first day; none for what FHIR allows and no
     * calendar here can read (a leap second, ten decimals): that must not undo the transaction.
     */
    static @Nullable LocalDate monday(MeasureReport report) {
        String text = report.getPeriod().getStartElement().getValueAsString();
        if (text == null || text.length() < LENGTH_OF_DAY) {
            return null;
        }
        try {
            LocalDate day = text.length() == LENGTH_OF_DAY
                    ? LocalDate.parse(text)
                    : OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDate();
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
