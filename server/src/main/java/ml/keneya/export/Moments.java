package ml.keneya.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.Moment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps moments under the instants by which clients name them. An instant between two moments means the earlier one: a
 * record may come twice, none is missed.
 */
@Component
class Moments {

    /** Beyond it a client that comes back gets everything; nobody waits for a year between two pulls. */
    private static final Duration KEPT = Duration.ofDays(400);

    /** The instant is rounded up, so that what is committed after it is surely not in the snapshot. */
    private static final String TAKE = """
            insert into keneya.export_moment (taken, snapshot, epoch)
            select date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond', pg_current_snapshot(), epoch
            from keneya.change_epoch
            """;

    private static final String SELECT = "select taken, snapshot::text as snapshot, epoch from keneya.export_moment ";

    private final JdbcClient jdbc;

    Moments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** This moment; everything that is committed by now is in it. */
    Moment take() {
        Optional<Moment> taken;
        do {
            // Somebody else may have the same millisecond; the next one is ours.
            taken = jdbc.sql(TAKE + "on conflict do nothing returning taken, snapshot::text as snapshot, epoch")
                    .query((row, number) -> read(row))
                    .optional();
        } while (taken.isEmpty());
        return taken.get();
    }

    /** For instants that no export has named. Safe to run on every server copy. */
    @Scheduled(fixedDelayString = "PT5M")
    void takeNowAndThen() {
        jdbc.sql(TAKE + """
                        where not exists (
                            select from keneya.export_moment where taken > clock_timestamp() - interval '4 minutes')
                        on conflict do nothing
                        """).update();
    }

    Moment at(Instant taken) {
        return jdbc.sql(SELECT + "where taken = :taken")
                .param("taken", taken.atOffset(ZoneOffset.UTC))
                .query((row, number) -> read(row))
                .single();
    }

    /**
     * The newest moment not after the instant; nothing when the instant lies before all that are kept, which means the
     * beginning.
     *
     * @throws RefusedException when a restore lies between it and now: what the client holds may have been undone
     */
    Optional<Moment> notAfter(Instant instant) {
        Optional<Moment> moment = jdbc.sql(SELECT + "where taken <= :instant order by taken desc limit 1")
                .param("instant", instant.atOffset(ZoneOffset.UTC))
                .query((row, number) -> read(row))
                .optional();
        moment.ifPresent(found -> {
            if (found.epoch() != epoch()) {
                throw new RefusedException(Refusal.of(RefusalCode.EXPORT_SINCE_VOID, instant));
            }
        });
        return moment;
    }

    int epoch() {
        return jdbc.sql("select epoch from keneya.change_epoch")
                .query(Integer.class)
                .single();
    }

    int forgetOld() {
        return jdbc.sql("""
                        delete from keneya.export_moment old
                        where taken < now() - make_interval(secs => :kept)
                          and not exists (select from keneya.export_job where old.taken in (moment, since))
                        """).param("kept", KEPT.toSeconds()).update();
    }

    private static Moment read(ResultSet row) throws SQLException {
        return new Moment(
                row.getObject("taken", OffsetDateTime.class).toInstant(),
                row.getString("snapshot"),
                row.getInt("epoch"));
    }
}
