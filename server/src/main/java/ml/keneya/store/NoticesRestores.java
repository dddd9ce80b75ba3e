package ml.keneya.store;

import jakarta.annotation.PostConstruct;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Raises the epoch of the change log when the database is not the one that it was at the last start: restored from a
 * dump, brought back to an earlier moment, or a standby that took over. The numbers of its transactions have begun anew
 * then, and what readers remember of before would make them pass over what is written now; with another epoch they hear
 * that they must begin anew.
 */
@Component
class NoticesRestores {

    private static final Logger log = LoggerFactory.getLogger(NoticesRestores.class);

    /** A dump goes into another cluster or another database, a recovery and a takeover begin a timeline. */
    private static final String ORIGIN = """
            select concat_ws('/',
                (select system_identifier from pg_control_system()),
                (select oid from pg_database where datname = current_database()),
                left(pg_walfile_name(pg_current_wal_lsn()), 8))
            """;

    private final JdbcClient jdbc;

    NoticesRestores(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Before anybody reads or writes; when several servers start together, one of them raises it. */
    @PostConstruct
    void look() {
        String origin = jdbc.sql(ORIGIN).query(String.class).single();
        Optional<Integer> begun =
                jdbc.sql("""
                        update keneya.change_epoch
                        set epoch = case when origin is null then epoch else epoch + 1 end, origin = :origin
                        where origin is distinct from :origin
                        returning epoch
                        """).param("origin", origin).query(Integer.class).optional();
        begun.filter(epoch -> epoch > 1)
                .ifPresent(epoch -> log.warn(
                        "This database was restored or has taken over: the change log begins epoch {}, and whoever"
                                + " exports since an earlier moment is told to begin anew",
                        epoch));
    }
}
