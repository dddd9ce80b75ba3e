package ml.keneya.surveillance;

import static ml.keneya.surveillance.SomeSites.aReport;
import static ml.keneya.surveillance.SomeSites.anOrganization;
import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.deleting;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.flywaydb.core.Flyway;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Location.LocationStatus;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which sites owed a report, and which had handed one in by the deadline, judged as it was then and counted a second
 * time by plain Java. The moment in which a version came is put back in its table, as nobody can send one last year.
 */
@KeneyaIntegrationTest
class RecountCompletenessIT {

    private static final LocalDate MONDAY = LocalDate.parse("2008-03-03");
    private static final List<String> POPULATIONS = List.of(
            "expected",
            "received",
            "timely",
            "late",
            "late, dated in time",
            "withdrawn",
            "unexpected",
            "unexpected in time");

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Flyway flyway;

    private final String district = unique("district");
    private final Organization above = anOrganization(district, "health-district", "", "");

    @BeforeEach
    void registersTheDistrict() {
        send(above);
    }

    @Test
    void expectsASiteThatHasClosedSinceInTheWeeksInWhichItWasOpen() {
        Organization site = aSite("2000-01-01", "");
        send(site);
        site.setActive(false);
        send(site);

        assertThat(count(MONDAY, "expected")).isEqualTo(1);
        assertThat(count(
                        LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                        "expected"))
                .isZero();
    }

    @Test
    void expectsNoSiteBeforeItOpensNorAfterItCloses() {
        send(aSite("2008-03-10", ""), aSite("2001", "2008-03-15"), aSite("2008-03-17", "2008-03-23"));

        // On the last day of each week one is open that closes on the Saturday after, then one, then two.
        assertThat(count(MONDAY, "expected")).isEqualTo(1);
        assertThat(count(MONDAY.plusWeeks(1), "expected")).isEqualTo(1);
        assertThat(count(MONDAY.plusWeeks(2), "expected")).isEqualTo(2);
        assertThat(count(MONDAY.plusWeeks(3), "expected")).isEqualTo(1);
    }

    @Test
    void expectsASiteWhoseFormerRecordHasEndedAsLongAsAnotherIsInForce() {
        Organization former = aSite("2001", "2008-03-05");
        Location present = new Location().setName("CSCom").setStatus(LocationStatus.ACTIVE);
        present.setId(UUID.randomUUID().toString());
        present.addIdentifier(former.getIdentifierFirstRep().copy());
        send(former, present);
        assertThat(count(MONDAY, "expected")).isEqualTo(1);

        // So that no other test meets it.
        present.setStatus(LocationStatus.INACTIVE);
        send(present);
        assertThat(count(MONDAY, "expected")).isZero();
    }

    @Test
    void expectsASiteOfWhichNobodySaysWhenItOpenedSinceItIsKnownOrReports() {
        Organization reporting = aSite("", "");
        send(reporting, aSite("", ""));
        // Of the year before by mistake, which is corrected.
        MeasureReport report = aReport(reporting, MONDAY.minusWeeks(51));
        send(report);
        report.getPeriod()
                .setStartElement(new DateTimeType(MONDAY.plusWeeks(1).toString()))
                .setEndElement(new DateTimeType(MONDAY.plusWeeks(1).plusDays(6).toString()));
        send(report);

        assertThat(count(MONDAY, "expected")).isZero();
        assertThat(count(MONDAY.plusWeeks(1), "expected")).isEqualTo(1);
        LocalDate thisWeek = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        assertThat(count(thisWeek, "expected")).isEqualTo(2);
    }

    @Test
    void judgesByWhatHadComeAndTellsWhatChangedSince() {
        Organization site = aSite("2000-01-01", "");
        MeasureReport report = aReport(site, MONDAY);
        send(site, report);

        // Dated in time, and come years later.
        assertThat(counts(MONDAY)).containsExactly(1L, 1L, 0L, 1L, 1L, 0L, 0L, 0L);

        came(report, "1", "2008-03-11T23:59:59Z");
        assertThat(counts(MONDAY)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L);

        // A correction of today makes nobody late.
        report.setDateElement(new DateTimeType("2026-11-01"));
        send(report);
        assertThat(counts(MONDAY)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L);

        report.setStatus(MeasureReportStatus.ERROR);
        send(report);
        assertThat(counts(MONDAY)).containsExactly(1L, 0L, 1L, 0L, 0L, 1L, 0L, 0L);

        exchange.post(
                        transaction(deleting(
                                "MeasureReport/" + report.getIdElement().getIdPart())),
                        district)
                .hasStatus(200);
        assertThat(counts(MONDAY)).containsExactly(1L, 0L, 1L, 0L, 0L, 1L, 0L, 0L);
    }

    @Test
    void countsNoReportThatWasDeletedBeforeTheDeadline() {
        LocalDate thisWeek = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Organization site = aSite("2000-01-01", "");
        MeasureReport report = aReport(site, thisWeek);
        send(site, report);
        assertThat(counts(thisWeek)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L);

        String id = report.getIdElement().getIdPart();
        exchange.post(transaction(deleting("MeasureReport/" + id)), district).hasStatus(200);
        assertThat(counts(thisWeek)).containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void notesEverySiteAndReportOfOneBundle() {
        Organization one = aSite("", "");
        Organization other = aSite("", "");
        other.setActive(false);
        MeasureReport complete = aReport(one, MONDAY);
        MeasureReport pending = aReport(other, MONDAY);
        pending.setStatus(MeasureReportStatus.PENDING);
        exchange.post(transaction(putting(one), putting(other), putting(complete), putting(pending)), district)
                .hasStatus(200);

        came(complete, "1", "2008-03-11T12:00:00Z");
        came(pending, "1", "2008-03-11T12:00:00Z");
        assertThat(counts(MONDAY)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L);
        // The one is known to have been open since today, and to have reported; the other never was.
        forget("site_version", "record_id", one);
        forget("site_version", "record_id", other);
    }

    /** As it is on a server that had sites and reports before it noted when they came. */
    @Test
    void takesTheReceiptForWhatCameBeforeItWasNoted() {
        LocalDate thisWeek = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Organization site = aSite("", "");
        MeasureReport timely = aReport(site, thisWeek);
        MeasureReport late = aReport(site, MONDAY);
        send(site, timely, late);
        forget("site_version", "record_id", site);
        forget("weekly_report_version", "report_id", timely);
        forget("weekly_report_version", "report_id", late);

        assertThat(count(MONDAY.minusWeeks(1), "expected")).isEqualTo(1);
        assertThat(counts(MONDAY)).containsExactly(1L, 1L, 0L, 1L, 1L, 0L, 0L, 0L);
        assertThat(counts(thisWeek)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L);

        // Corrected for the first time since: it came when it came.
        send(timely);
        timely.setDateElement(new DateTimeType("2026-11-01"));
        send(timely);
        site.setActive(false);
        send(site);
        assertThat(counts(thisWeek)).containsExactly(0L, 1L, 1L, 0L, 0L, 0L, 1L, 1L);
        assertThat(count(MONDAY, "expected")).isEqualTo(1);
    }

    /** As it is on a server that had sites before it noted when they closed, and is upgraded. */
    @Test
    void expectsNothingOfASiteThatWasClosedBeforeThatWasNotedAndIsSentAgain() {
        Organization site = aSite("", "");
        site.setActive(false);
        send(site);
        forget("site_version", "record_id", site);
        JdbcClient.create(flyway.getConfiguration().getDataSource())
                .sql(Exchange.resource("/db/migration/V113__know_which_sites_were_closed_before.sql"))
                .update();

        site.setName("Ancien CSCom");
        send(site);

        assertThat(count(MONDAY, "expected")).isZero();
    }

    private void forget(String table, String column, Resource record) {
        assertThat(jdbc.sql("delete from keneya." + table + " where " + column + " = ?")
                        .param(record.getIdElement().getIdPart())
                        .update())
                .isEqualTo(1);
    }

    @Test
    void agreesWithARecountOfManySites() {
        Random random = new Random(20080303);
        List<Organization> sites = new ArrayList<>();
        Map<MeasureReport, List<String>> moments = new LinkedHashMap<>();
        for (int number = 0; number < 12; number++) {
            String from = oneOf(random, List.of("2008-01-01", "2008-03-05", "2008-03-12", "2008-03"));
            // FHIR compares no month with a day. All are closed in the end, so that no other test meets them.
            String until = from.length() < 10
                    ? oneOf(random, List.of("2008-03", "2008-05"))
                    : oneOf(random, List.of("2008-05-31", "2008-05-31", "2008-03-14", "2008-03-20"));
            Organization site = aSite(from, until);
            String commune = oneOf(random, List.of("ML010101", "ML010201", "ML020101", ""));
            if (!commune.isEmpty()) {
                site.addAddress().addExtension(Cases.COMMUNE, new Coding(Cases.DIVISION_2015, commune, null));
            }
            sites.add(site);
            send(site);
            for (int week = 0; week < 3; week++) {
                if (random.nextInt(3) == 0) {
                    continue;
                }
                MeasureReport report = aReport(site, MONDAY.plusWeeks(week));
                send(report);
                String first = MONDAY.plusWeeks(week).plusDays(7 + random.nextInt(4)) + "T12:00:00Z";
                came(report, "1", first);
                moments.put(report, List.of(first));
                if (random.nextInt(3) == 0) {
                    report.setStatus(MeasureReportStatus.ERROR);
                    send(report);
                    String then = MONDAY.plusWeeks(week).plusDays(8 + random.nextInt(3)) + "T18:00:00Z";
                    came(report, "2", then);
                    moments.put(report, List.of(first, then));
                }
            }
        }
        for (int week = 0; week < 3; week++) {
            LocalDate monday = MONDAY.plusWeeks(week);
            List<Long> recount = recount(sites, moments, monday);
            assertThat(recount.subList(0, 3)).allMatch(count -> count > 0);
            assertThat(counts(monday)).isEqualTo(recount);
            assertThat(sums(monday, "health%7C" + district + "&level=facility")).isEqualTo(recount);
        }
    }

    private static List<Long> recount(
            List<Organization> sites, Map<MeasureReport, List<String>> moments, LocalDate monday) {
        long[] counts = new long[POPULATIONS.size()];
        for (Organization site : sites) {
            Period validity = (Period) site.getExtension().get(0).getValue();
            String from = validity.getStartElement().getValueAsString();
            LocalDate opened = LocalDate.parse(from.length() == 7 ? from + "-01" : from);
            String until = validity.getEndElement().getValueAsString();
            LocalDate closed = until.length() == 7 ? YearMonth.parse(until).atEndOfMonth() : LocalDate.parse(until);
            boolean owed = !opened.isAfter(monday.plusDays(6)) && !closed.isBefore(monday.plusDays(6));
            MeasureReport report = moments.keySet().stream()
                    .filter(each -> each.getReporter()
                                    .getReference()
                                    .endsWith(site.getIdElement().getIdPart())
                            && each.getPeriod()
                                    .getStartElement()
                                    .getValueAsString()
                                    .equals(monday.toString()))
                    .findFirst()
                    .orElse(null);
            boolean received = report != null && report.getStatus() == MeasureReportStatus.COMPLETE;
            String deadline = monday.plusDays(9) + "T00:00:00Z";
            List<String> came = report == null ? List.of() : moments.get(report);
            boolean inTime = !came.isEmpty()
                    && came.get(0).compareTo(deadline) < 0
                    // Withdrawn in time as well.
                    && (came.size() < 2 || came.get(1).compareTo(deadline) >= 0);
            boolean[] all = {
                owed,
                received,
                inTime,
                received && !inTime,
                received && !inTime,
                inTime && !received,
                received && !owed,
                inTime && !owed
            };
            for (int each = 0; each < all.length; each++) {
                counts[each] += all[each] ? 1 : 0;
            }
        }
        List<Long> told = new ArrayList<>();
        for (long count : counts) {
            told.add(count);
        }
        return told;
    }

    private void came(MeasureReport report, String version, String moment) {
        assertThat(jdbc.sql("""
                        update keneya.weekly_report_version set came_at = cast(:moment as timestamptz)
                        where report_id = :id and version = cast(:version as bigint)
                        """)
                        .param("moment", moment)
                        .param("id", report.getIdElement().getIdPart())
                        .param("version", version)
                        .update())
                .isEqualTo(1);
    }

    private long count(LocalDate monday, String population) {
        return counts(monday).get(POPULATIONS.indexOf(population));
    }

    private List<Long> counts(LocalDate monday) {
        return evaluate(monday, "health%7C" + district).getGroupFirstRep().getPopulation().stream()
                .map(each -> (long) each.getCount())
                .toList();
    }

    /** The strata, summed. */
    private List<Long> sums(LocalDate monday, String subject) {
        List<Long> sums = new ArrayList<>(POPULATIONS.stream().map(each -> 0L).toList());
        evaluate(monday, subject)
                .getGroupFirstRep()
                .getStratifierFirstRep()
                .getStratum()
                .forEach(stratum -> {
                    for (int each = 0; each < sums.size(); each++) {
                        sums.set(
                                each,
                                sums.get(each)
                                        + stratum.getPopulation().get(each).getCount());
                    }
                });
        return sums;
    }

    private MeasureReport evaluate(LocalDate monday, String subject) {
        return exchange.get("Measure/ml-idsr-completeness/$evaluate-measure?periodStart=" + monday + "&periodEnd="
                        + monday.plusDays(6) + "&subject=" + subject)
                .hasStatus(200)
                .as(MeasureReport.class);
    }

    private void send(Resource... records) {
        for (Resource each : records) {
            exchange.post(transaction(putting(each)), district).hasStatus(200);
        }
    }

    private Organization aSite(String from, String until) {
        Organization site = anOrganization(unique("cscom"), "cscom", from, until);
        site.setPartOf(new Reference("Organization/" + above.getIdElement().getIdPart()));
        return site;
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
