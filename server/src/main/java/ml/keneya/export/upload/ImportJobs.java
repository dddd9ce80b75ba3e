package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.export.upload.ImportJob.Asked;
import ml.keneya.export.upload.ImportJob.Status;
import ml.keneya.export.upload.ImportSummary.Counts;
import ml.keneya.export.upload.ImportSummary.Rejected;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps imports from addresses: who asked, which file and line they are at, what became of the lines. A server has one
 * as long as its lease; only who has the lease writes.
 */
@Component
class ImportJobs {

    /** Refused lines that are named; all of them are counted. */
    private static final int MOST_NAMED = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final FhirContext context;

    ImportJobs(JdbcClient jdbc, FhirContext context) {
        this.jdbc = jdbc;
        this.context = context;
    }

    /**
     * An import that has the same name, of the same sender, is the same. One that has failed goes on where it stopped.
     *
     * @throws RefusedException when the name belongs to another list
     */
    @Transactional
    public UUID keep(Asked asked) {
        UUID id = UUID.randomUUID();
        Caller caller = asked.caller();
        int kept = jdbc.sql("""
                        insert into keneya.import_job
                            (id, client, facility, caller, base, language, key, sources, together)
                        values (:id, :client, :facility, :caller::jsonb, :base, :language, :key, :sources, :together)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("client", caller.client())
                .param("facility", caller.facility())
                .param("caller", written(caller))
                .param("base", asked.base())
                .param("language", asked.language())
                .param("key", asked.key())
                .param("sources", asked.sources().toArray(String[]::new))
                .param("together", asked.together())
                .update();
        return kept == 1 ? id : goOn(asked);
    }

    private UUID goOn(Asked asked) {
        ImportJob known = jdbc.sql("""
                        select * from keneya.import_job
                        where client = :client and facility is not distinct from :facility and key = :key
                        for update
                        """)
                .param("client", asked.caller().client())
                .param("facility", asked.caller().facility())
                .param("key", asked.key())
                .query((row, number) -> read(row))
                .optional()
                // It was cancelled this very moment.
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.BUSY)));
        if (!known.sources().equals(asked.sources())) {
            throw new RefusedException(Refusal.of(RefusalCode.KEY_REUSED, String.valueOf(asked.key())));
        }
        jdbc.sql("""
                        update keneya.import_job
                        set status = 'WAITING', failures = 0, http_status = null, outcome = null, finished_at = null
                        where id = :id and status = 'FAILED'
                        """).param("id", known.id()).update();
        return known.id();
    }

    Optional<ImportJob> find(UUID id, Caller caller) {
        return jdbc.sql("""
                        select * from keneya.import_job
                        where id = :id and client = :client and facility is not distinct from :facility
                        """)
                .param("id", id)
                .param("client", caller.client())
                .param("facility", caller.facility())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Whether there are any that have not come to their end. */
    boolean areLeft() {
        return jdbc.sql("select exists (select from keneya.import_job where status in ('WAITING', 'RUNNING'))")
                .query(Boolean.class)
                .single();
    }

    /** Takes the oldest that nobody is at. */
    Optional<ImportJob> lease(Duration time) {
        return jdbc.sql("""
                        update keneya.import_job
                        set status = 'RUNNING', attempts = attempts + 1,
                            lease_until = now() + make_interval(secs => :seconds)
                        where id = (
                            select id from keneya.import_job
                            where status in ('WAITING', 'RUNNING') and (lease_until is null or lease_until < now())
                            order by asked_at limit 1
                            for update skip locked)
                        returning *
                        """)
                .param("seconds", time.toSeconds())
                .query((row, number) -> read(row))
                .optional();
    }

    /** @return false when it was cancelled, or another server has it now */
    boolean renew(ImportJob leased, Duration time) {
        return ofLease("set lease_until = now() + make_interval(secs => :seconds)", leased)
                        .param("seconds", time.toSeconds())
                        .update()
                == 1;
    }

    /**
     * Notes of which content a file is that is begun.
     *
     * @return false when it was cancelled, or another server has it now
     */
    boolean begin(ImportJob leased, int source, @Nullable String validator) {
        return ofLease("set source = :source, line = 0, validator = :validator", leased)
                        .param("source", source)
                        .param("validator", validator)
                        .update()
                == 1;
    }

    /**
     * Notes that a file is delivered up to a line, and what became of the lines since the last note.
     *
     * @return false when it was cancelled, or another server has it now
     */
    @Transactional
    public boolean advance(ImportJob leased, int source, long line, Counts counts, Duration time) {
        boolean mine = ofLease("""
                        set source = :source, line = :line, failures = 0,
                            accepted = accepted + :accepted, refused = refused + :refused,
                            lease_until = now() + make_interval(secs => :seconds)
                        """, leased)
                        .param("source", source)
                        .param("line", line)
                        .param("accepted", counts.accepted())
                        .param("refused", counts.refused())
                        .param("seconds", time.toSeconds())
                        .update()
                == 1;
        if (mine) {
            counts.rejected().forEach(each -> name(leased, source, each));
        }
        return mine;
    }

    private void name(ImportJob job, int source, Rejected rejected) {
        jdbc.sql("""
                        insert into keneya.import_reject (job, source, line, quarantine, outcome)
                        select :job, :source, :line, :quarantine, :outcome
                        where (select count(*) from keneya.import_reject where job = :job) < :most
                        on conflict do nothing
                        """)
                .param("job", job.id())
                .param("source", source)
                .param("line", rejected.line())
                .param("quarantine", rejected.keptAs())
                .param("outcome", context.newJsonParser().encodeResourceToString(rejected.why()))
                .param("most", MOST_NAMED)
                .update();
    }

    /** Gives it back for a later try. */
    void release(ImportJob leased, Duration pause, boolean failed) {
        ofLease("""
                        set status = 'WAITING', failures = failures + :failed,
                            lease_until = now() + make_interval(secs => :seconds)
                        """, leased)
                .param("failed", failed ? 1 : 0)
                .param("seconds", pause.toSeconds())
                .update();
    }

    /** @param outcome why it failed; null when it did not */
    void finish(ImportJob leased, Status status, int httpStatus, @Nullable String outcome) {
        ofLease("""
                        set status = :end, http_status = :httpStatus, outcome = :outcome,
                            lease_until = null, finished_at = now()
                        """, leased)
                .param("end", status.name())
                .param("httpStatus", httpStatus)
                .param("outcome", outcome)
                .update();
    }

    void remove(UUID id) {
        jdbc.sql("delete from keneya.import_job where id = :id").param("id", id).update();
    }

    int forgetOld(Duration kept) {
        return jdbc.sql("delete from keneya.import_job where finished_at < now() - make_interval(secs => :seconds)")
                .param("seconds", kept.toSeconds())
                .update();
    }

    /** A refused line; the number of its file, its own, and why. */
    record NamedReject(int source, long line, @Nullable String quarantine, String outcome) {}

    List<NamedReject> rejects(UUID id) {
        return jdbc.sql("""
                        select source, line, quarantine, outcome from keneya.import_reject
                        where job = :job order by source, line
                        """)
                .param("job", id)
                .query((row, number) -> new NamedReject(
                        row.getInt("source"),
                        row.getLong("line"),
                        row.getString("quarantine"),
                        row.getString("outcome")))
                .list();
    }

    private StatementSpec ofLease(String set, ImportJob leased) {
        return jdbc.sql("update keneya.import_job " + set
                        + " where id = :id and status = 'RUNNING' and attempts = :attempts")
                .param("id", leased.id())
                .param("attempts", leased.attempts());
    }

    private static ImportJob read(ResultSet row) throws SQLException {
        return new ImportJob(
                row.getObject("id", UUID.class),
                readCaller(row.getString("caller")),
                row.getString("base"),
                row.getString("language"),
                row.getString("key"),
                List.of((String[]) row.getArray("sources").getArray()),
                row.getInt("together"),
                Status.valueOf(row.getString("status")),
                row.getInt("source"),
                row.getLong("line"),
                row.getString("validator"),
                row.getLong("accepted"),
                row.getLong("refused"),
                row.getInt("attempts"),
                row.getInt("failures"),
                row.getInt("http_status"),
                row.getString("outcome"));
    }

    private static String written(Caller caller) {
        try {
            return JSON.writeValueAsString(caller);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A caller holds plain values only.", impossible);
        }
    }

    private static Caller readCaller(String caller) {
        try {
            return JSON.readValue(caller, Caller.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The caller was written by us.", impossible);
        }
    }
}
