package ml.keneya.surveillance;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import ml.keneya.store.FollowsWrites;
import ml.keneya.store.RecordStored;
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

    /** One statement for the reports and one for the sites, whatever their number, and none for other records. */
    @Override
    public void follow(List<WrittenRecord> written) {
        // A version that the transaction has written several times is noted once, as it is in the end.
        Map<String, ReportVersion> reports = new LinkedHashMap<>();
        Map<String, SiteVersion> sites = new LinkedHashMap<>();
        for (WrittenRecord each : written) {
            RecordStored change = each.change();
            switch (change.resourceType()) {
                case "MeasureReport" -> {
                    ReportVersion report = reportVersion(each);
                    if (report.weekly() || change.version() > 1) {
                        reports.put(change.id() + "/" + change.version(), report);
                    }
                }
                case "Organization", "Location" -> {
                    Boolean active = isActive(each.resource());
                    if (active != null) {
                        sites.put(
                                change.resourceType() + "/" + change.id() + "/" + change.version(),
                                new SiteVersion(change, active));
                    }
                }
                default -> {}
            }
        }
        if (!reports.isEmpty()) {
            noteReports(List.copyOf(reports.values()));
        }
        if (!sites.isEmpty()) {
            noteSites(List.copyOf(sites.values()));
        }
    }

    /** @param weekly false for what is no weekly report, or is not any more */
    private record ReportVersion(
            RecordStored change,
            boolean weekly,
            @Nullable String reporter,
            @Nullable String owner,
            @Nullable LocalDate monday,
            boolean handedIn) {}

    private record SiteVersion(RecordStored change, boolean active) {}

    private static ReportVersion reportVersion(WrittenRecord written) {
        if (written.resource() instanceof MeasureReport report && isWeekly(report)) {
            return new ReportVersion(
                    written.change(),
                    true,
                    reporter(report),
                    owner(report),
                    monday(report),
                    report.getStatus() == MeasureReportStatus.COMPLETE);
        }
        return new ReportVersion(written.change(), false, null, null, null, false);
    }

    /** A later version that is no weekly report any more takes back what an earlier one said. */
    private void noteReports(List<ReportVersion> reports) {
        jdbc.sql("""
                        with given as (
                            select * from unnest(:ids, :versions, :weekly, :reporters, :owners, cast(:mondays as date[]), :handed)
                                as one (id, version, weekly, reporter, owner, monday, handed))
                        insert into keneya.weekly_report_version
                            (report_id, version, reporter_id, owner_facility, monday, handed_in)
                        select id, version, reporter, owner, monday, handed from given
                        where weekly
                            or exists (select from given earlier
                                where earlier.id = given.id and earlier.version < given.version and earlier.weekly)
                            or exists (
                                select from keneya.weekly_report_version earlier where earlier.report_id = given.id)
                        on conflict (report_id, version) do update set reporter_id = excluded.reporter_id,
                            owner_facility = excluded.owner_facility, monday = excluded.monday, handed_in = excluded.handed_in
                        """)
                .param("ids", each(reports, report -> report.change().id(), String[]::new))
                .param("versions", each(reports, report -> report.change().version(), Long[]::new))
                .param("weekly", each(reports, ReportVersion::weekly, Boolean[]::new))
                .param("reporters", each(reports, ReportVersion::reporter, String[]::new))
                .param("owners", each(reports, ReportVersion::owner, String[]::new))
                .param(
                        "mondays",
                        each(
                                reports,
                                report -> report.monday() == null
                                        ? null
                                        : report.monday().toString(),
                                String[]::new))
                .param("handed", each(reports, ReportVersion::handedIn, Boolean[]::new))
                .update();
    }

    private void noteSites(List<SiteVersion> sites) {
        jdbc.sql("""
                        insert into keneya.site_version (record_type, record_id, version, active)
                        select * from unnest(:types, :ids, :versions, :active)
                        on conflict (record_type, record_id, version) do update set active = excluded.active
                        """)
                .param("types", each(sites, site -> site.change().resourceType(), String[]::new))
                .param("ids", each(sites, site -> site.change().id(), String[]::new))
                .param("versions", each(sites, site -> site.change().version(), Long[]::new))
                .param("active", each(sites, SiteVersion::active, Boolean[]::new))
                .update();
    }

    private static <R, T> T[] each(List<R> rows, Function<R, @Nullable T> column, IntFunction<T[]> array) {
        return rows.stream().map(column).toArray(array);
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
     * The Monday of the week in which the period begins, as the view has its first day; none for what FHIR allows and
     * no calendar here can read (a leap second, ten decimals): that must not undo the transaction.
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
