package ml.keneya.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.export.SettlesExports.Content;
import ml.keneya.fhir.Caller;
import ml.keneya.store.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the exports that were asked for, each for the caller that asked and for nobody else. */
@Component
class ExportJobs {

    /** Longer than a statement of the planning takes; afterwards whoever asks may take it over. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String SELECT = """
            select job.id, job.request, job.asked, job.expires_at, job.ready, job.attempts,
                   at.taken as at_taken, at.snapshot::text as at_snapshot, at.epoch as at_epoch,
                   since.taken as since_taken, since.snapshot::text as since_snapshot, since.epoch as since_epoch
            from keneya.export_job job
            join keneya.export_moment at on at.taken = job.moment
            left join keneya.export_moment since on since.taken = job.since
            where job.expires_at > now()
            """;

    private static final String OF_CALLER =
            " and job.id = :id and job.client = :client and job.facility is not distinct from :facility";

    private static final String READABLE =
            " and job.id = :id and (job.client = :client and job.facility is not distinct"
                    + " from :facility or exists (select from keneya.export_publication where job = :id))";

    private final JdbcClient jdbc;
    private final ExportSettings settings;

    ExportJobs(JdbcClient jdbc, ExportSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Transactional
    public UUID keep(Caller caller, String address, ExportRequest request, Content content) {
        Moment since = content.since();
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into keneya.export_job
                            (id, client, facility, request, asked, moment, since, expires_at)
                        values (:id, :client, :facility, :request, :asked::jsonb, :moment, :since,
                                now() + make_interval(secs => :kept))
                        """)
                .param("id", id)
                .param("client", caller.client())
                .param("facility", caller.facility())
                .param("request", address)
                .param("asked", written(request))
                .param("moment", content.at().taken().atOffset(ZoneOffset.UTC))
                .param("since", since == null ? null : since.taken().atOffset(ZoneOffset.UTC))
                .param("kept", settings.kept().toSeconds())
                .update();
        content.chosen()
                .forEach((type, keys) -> jdbc.sql(
                                "insert into keneya.export_choice (job, resource_type, keys) values (:job, :type, :keys)")
                        .param("job", id)
                        .param("type", type)
                        .param("keys", keys)
                        .update());
        return id;
    }

    Optional<ExportJob> find(UUID id, Caller caller) {
        return find(OF_CALLER, id, caller);
    }

    /** Also one that is published for everybody. */
    Optional<ExportJob> findReadable(UUID id, Caller caller) {
        return find(READABLE, id, caller);
    }

    private Optional<ExportJob> find(String condition, UUID id, Caller caller) {
        return jdbc.sql(SELECT + condition)
                .param("id", id)
                .param("client", caller.client())
                .param("facility", caller.facility())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Takes a job whose files are not known yet, unless another server copy is at it or it has failed often enough. */
    Optional<ExportJob> claim(UUID id) {
        int claimed = jdbc.sql("""
                        update keneya.export_job
                        set claimed_until = now() + make_interval(secs => :claim), attempts = attempts + 1
                        where id = :id and not ready and (claimed_until is null or claimed_until < now())
                          and attempts < :most
                        """)
                .param("id", id)
                .param("claim", CLAIM.toSeconds())
                .param("most", PreparesExports.MOST_ATTEMPTS)
                .update();
        return claimed == 0
                ? Optional.empty()
                : jdbc.sql(SELECT + " and job.id = :id")
                        .param("id", id)
                        .query((row, number) -> read(row))
                        .optional();
    }

    /** How many of a client's are still to be found out. */
    int inPreparation(Caller caller) {
        return jdbc.sql("""
                        select count(*) from keneya.export_job
                        where client = :client and facility is not distinct from :facility
                          and not ready and expires_at > now() and attempts < :most
                        """)
                .param("client", caller.client())
                .param("facility", caller.facility())
                .param("most", PreparesExports.MOST_ATTEMPTS)
                .query(Integer.class)
                .single();
    }

    /** Keys of the records that filters have chosen; null when the type is not filtered. */
    long @Nullable [] chosen(UUID id, String resourceType) {
        return jdbc.sql("select keys from keneya.export_choice where job = :id and resource_type = :type")
                .param("id", id)
                .param("type", resourceType)
                .query((row, number) -> Arrays.stream(
                                (Long[]) row.getArray("keys").getArray())
                        .mapToLong(Long::longValue)
                        .toArray())
                .optional()
                .orElse(null);
    }

    /** Writes only when a part of the claim has passed: most types are planned in less time than a commit takes. */
    void stillClaimed(UUID id) {
        jdbc.sql("""
                        update keneya.export_job set claimed_until = now() + make_interval(secs => :claim)
                        where id = :id and claimed_until < now() + make_interval(secs => :claim * 0.75)
                        """).param("id", id).param("claim", CLAIM.toSeconds()).update();
    }

    /** Lets the next who asks try again. */
    void release(UUID id) {
        jdbc.sql("update keneya.export_job set claimed_until = null where id = :id and not ready")
                .param("id", id)
                .update();
    }

    void ready(UUID id) {
        jdbc.sql("update keneya.export_job set ready = true, claimed_until = null where id = :id")
                .param("id", id)
                .update();
    }

    void remove(UUID id) {
        jdbc.sql("delete from keneya.export_job where id = :id").param("id", id).update();
    }

    int forgetExpired() {
        return jdbc.sql("delete from keneya.export_job where expires_at < now()")
                .update();
    }

    private static ExportJob read(ResultSet row) throws SQLException {
        OffsetDateTime since = row.getObject("since_taken", OffsetDateTime.class);
        return new ExportJob(
                row.getObject("id", UUID.class),
                row.getString("request"),
                readRequest(row.getString("asked")),
                new Moment(
                        row.getObject("at_taken", OffsetDateTime.class).toInstant(),
                        row.getString("at_snapshot"),
                        row.getInt("at_epoch")),
                since == null
                        ? null
                        : new Moment(since.toInstant(), row.getString("since_snapshot"), row.getInt("since_epoch")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("ready"),
                row.getInt("attempts"));
    }

    private static String written(ExportRequest request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A request holds plain values only.", impossible);
        }
    }

    private static ExportRequest readRequest(String asked) {
        try {
            return JSON.readValue(asked, ExportRequest.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The request was written by us.", impossible);
        }
    }
}
