package ml.keneya.views.upkeep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The advisory locks of views, which hold between all processes on one database. Why they make the tables exact:
 * decision 0021.
 */
@Component
class ViewLocks {

    /** "kViews" and a number, so that no other lock of ours has the same key. */
    private static final long BASE = 0x6b5669657773L << 8;

    private static final long SWITCHING = BASE | 1;
    private static final long BUILDING = BASE | 2;
    private static final long REGISTERING = BASE | 3;

    /** Held by a transaction from before it reads which tables there are until it ends. */
    void writing(JdbcClient on) {
        untilTheEnd(on, "pg_advisory_xact_lock_shared", SWITCHING);
    }

    /** Waits until no transaction is between reading which tables there are and its end, and keeps others out. */
    void switching(JdbcClient on) {
        untilTheEnd(on, "pg_advisory_xact_lock", SWITCHING);
    }

    /** Lets one process at a time decide which tables there should be. */
    void registering(JdbcClient on) {
        untilTheEnd(on, "pg_advisory_xact_lock", REGISTERING);
    }

    /**
     * Spares two processes from building the same table. It makes nothing exact: a connection may break while its
     * process goes on.
     *
     * @return whether this connection is now the one that builds; it stays so until it is closed or lets go
     */
    boolean tryBuilding(JdbcClient on) {
        return on.sql("select pg_try_advisory_lock(?)")
                .param(BUILDING)
                .query(Boolean.class)
                .single();
    }

    void stopBuilding(JdbcClient on) {
        on.sql("select pg_advisory_unlock(?)")
                .param(BUILDING)
                .query(Boolean.class)
                .single();
    }

    private static void untilTheEnd(JdbcClient on, String function, long key) {
        // The functions return nothing, which no mapper of a driver can read.
        on.sql("select 1 from " + function + "(?)")
                .param(key)
                .query(Integer.class)
                .list();
    }
}
