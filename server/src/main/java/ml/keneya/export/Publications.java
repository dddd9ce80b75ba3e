package ml.keneya.export;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps which exports are published for all who may export. */
@Component
class Publications {

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whether it is time for another; true for one of several server copies that ask. Only inside a transaction: the
     * others wait for its end.
     */
    boolean isDue(Duration every) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('keneya.export_publication'))")
                .query(row -> {});
        // Of another epoch are those from before a restore: nobody can fetch them any more.
        return jdbc.sql("""
                        select not exists (
                            select from keneya.export_publication publication
                            join keneya.export_job job on job.id = publication.job
                            join keneya.export_moment moment on moment.taken = job.moment
                            join keneya.change_epoch current on current.epoch = moment.epoch
                            where publication.begun > now() - make_interval(secs => :every))
                        """)
                .param("every", every.toSeconds())
                .query(Boolean.class)
                .single();
    }

    /** @param kept how long its files can be fetched */
    void add(UUID job, Duration kept) {
        jdbc.sql("insert into keneya.export_publication (job) values (:job)")
                .param("job", job)
                .update();
        jdbc.sql("update keneya.export_job set expires_at = now() + make_interval(secs => :kept) where id = :job")
                .param("job", job)
                .param("kept", kept.toSeconds())
                .update();
    }

    Optional<UUID> newest() {
        return newest("");
    }

    /** The one that is published. */
    Optional<UUID> newestReady() {
        return newest(" and job.ready");
    }

    private Optional<UUID> newest(String condition) {
        return jdbc.sql("""
                        select job.id from keneya.export_publication publication
                        join keneya.export_job job on job.id = publication.job
                        join keneya.export_moment moment on moment.taken = job.moment
                        join keneya.change_epoch current on current.epoch = moment.epoch
                        where job.expires_at > now()
                        """ + condition + " order by moment.taken desc limit 1")
                .query(UUID.class)
                .optional();
    }
}
