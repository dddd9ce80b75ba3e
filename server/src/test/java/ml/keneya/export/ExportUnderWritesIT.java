package ml.keneya.export;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.store.Moment;
import ml.keneya.store.RecordWriter;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.KeyRange;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An export is exactly one moment, also while everybody writes. */
@KeneyaIntegrationTest
class ExportUnderWritesIT {

    private static final int PEOPLE = 24;
    private static final int WRITERS = 3;

    @Autowired
    Exchange exchange;

    @Autowired
    RecordWriter writer;

    @Autowired
    RecordsAtMoment records;

    @Autowired
    Moments moments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void bringsInTheNextExportWhatWasOpenAcrossThisOne() throws Exception {
        ExportClient client = new ExportClient(exchange);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService clinic = Executors.newSingleThreadExecutor();
        try {
            Future<String> late = clinic.submit(() -> new TransactionTemplate(transactions).execute(status -> {
                String id = writer.write(aChild(unique("record"))).getIdPart();
                written.countDown();
                await(release);
                return id;
            }));
            await(written);
            Export across = client.export("$export?_type=Patient");
            List<String> seen = across.ids("Patient");
            release.countDown();
            String id = late.get(30, TimeUnit.SECONDS);

            Export next = client.export("$export?_type=Patient&_since="
                    + URLEncoder.encode(across.transactionTime(), StandardCharsets.UTF_8));

            assertThat(seen).doesNotContain(id);
            assertThat(across.ids("Patient")).doesNotContain(id);
            assertThat(next.record("Patient", id))
                    .hasValueSatisfying(record -> assertThat(OffsetDateTime.parse(
                                    record.path("meta").path("lastUpdated").asText()))
                            .as("the clock would have missed it")
                            .isBefore(OffsetDateTime.parse(across.transactionTime())));
        } finally {
            release.countDown();
            clinic.shutdownNow();
        }
    }

    /** Each export is compared with what PostgreSQL itself says of the rows at its snapshot: their xmin. */
    @Test
    void equalsWhatAnIndependentReaderSeesAtItsMoment() throws Exception {
        List<String> people = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number++) {
            people.add(unique("person"));
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        ExecutorService clinics = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int number = 0; number < WRITERS; number++) {
                int mine = number;
                running.add(clinics.submit(() -> {
                    for (int turn = 0; !stop.get(); turn++) {
                        change(people.get((turn * WRITERS + mine) % PEOPLE), turn);
                        writes.incrementAndGet();
                    }
                }));
            }
            ExportClient client = new ExportClient(exchange);
            for (int round = 0; round < 5; round++) {
                int before = writes.get();
                Export export = client.export("$export?_type=Patient");
                awaitMoreThan(writes, before + PEOPLE);
                assertThat(exported(export, people))
                        .isEqualTo(present(Instant.from(OffsetDateTime.parse(export.transactionTime())), people));
            }
        } finally {
            stop.set(true);
            clinics.shutdown();
            clinics.awaitTermination(30, TimeUnit.SECONDS);
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    @Test
    void cutsRecordsIntoRangesThatMeetAndHoldAll() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            ids.add(writer.write(aChild(unique("record"))).getIdPart());
        }
        Moment at = moments.take();

        List<KeyRange> ranges = records.ranges("Patient", at, 3);

        List<String> read = new ArrayList<>();
        long counted = 0;
        long end = 0;
        for (KeyRange range : ranges) {
            assertThat(range.after()).isGreaterThanOrEqualTo(end);
            end = range.last();
            counted += range.records();
            Long after = range.after();
            int[] calls = {0};
            while (after != null) {
                // One record at a time, as a reader whose memory is full would take them.
                after = records.readRange("Patient", at, after, range.last(), version -> {
                    read.add(version.id());
                    return false;
                });
                calls[0]++;
            }
            assertThat(calls[0]).isGreaterThan((int) range.records());
        }
        assertThat(ranges).allMatch(range -> range.records() <= 3);
        assertThat(read).containsAll(ids).doesNotHaveDuplicates().hasSize((int) counted);
    }

    @Test
    void refusesToGoOnFromBeforeARestore() {
        Instant restored = Instant.parse("2001-01-01T00:00:00Z");
        jdbc.sql("""
                        insert into keneya.export_moment (taken, snapshot, epoch)
                        values (:taken, pg_current_snapshot(), 0) on conflict do nothing
                        """).param("taken", restored.atOffset(ZoneOffset.UTC)).update();
        ExportClient client = new ExportClient(exchange);

        exchange.get("$export?_type=Patient&_since=2001-01-02T00:00:00Z", ExportClient.ASYNC)
                .isRefused(422, "ML-EXPORT-004")
                .says("export complet");

        Export export = client.export("$export?_type=Patient");
        jdbc.sql("update keneya.export_job set moment = :taken where id::text = :id")
                .param("taken", restored.atOffset(ZoneOffset.UTC))
                .param("id", export.status().replaceAll(".*=", ""))
                .update();
        exchange.get(export.status()).isRefused(410, "ML-EXPORT-003");
    }

    private void change(String person, int turn) {
        if (turn % 5 == 4) {
            exchange.delete("Patient/" + person);
        } else {
            Patient child = aChild(person);
            child.setId(person);
            child.getNameFirstRep().addGiven("Tour" + turn);
            exchange.put("Patient/" + person, child);
        }
    }

    private static Map<String, Long> exported(Export export, List<String> people) {
        Map<String, Long> versions = new HashMap<>();
        for (String line : export.lines("Patient")) {
            JsonNode record = ExportClient.json(line);
            String id = record.path("id").asText();
            if (people.contains(id)) {
                versions.put(id, record.path("meta").path("versionId").asLong());
            }
        }
        return versions;
    }

    private Map<String, Long> present(Instant taken, List<String> people) {
        Map<String, Long> versions = new HashMap<>();
        jdbc.sql("""
                        select distinct on (record.fhir_id) record.fhir_id, version.res_ver, version.res_deleted_at
                        from hfj_res_ver version join hfj_resource record on record.res_id = version.res_id
                        where record.res_type = 'Patient' and record.fhir_id = any(:people::text[])
                          and pg_visible_in_snapshot(version.xmin::text::xid8,
                              (select snapshot from keneya.export_moment where taken = :taken))
                        order by record.fhir_id, version.res_ver desc
                        """)
                .param("people", people.toArray(String[]::new))
                .param("taken", taken.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getTimestamp("res_deleted_at") == null
                        ? versions.put(row.getString("fhir_id"), row.getLong("res_ver"))
                        : null)
                .list();
        return versions;
    }

    private static void awaitMoreThan(AtomicInteger writes, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (writes.get() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            Thread.yield();
        }
        assertThat(writes.get()).isGreaterThanOrEqualTo(count);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
