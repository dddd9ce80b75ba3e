package ml.keneya.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A version is later than the one before by its time too, even if the clock was set back meanwhile: HAPI takes the
 * clock's word, and sorts histories and answers {@code _lastUpdated} by it. A millisecond is the least that it tells
 * apart. By the database, because deletions ask the clock where no hook is (decision 0144).
 */
final class TimesOfVersions {

    /** With the search path of now: what restores rows alone has none. */
    private static final String KEEP_GROWING = """
            create or replace function keneya_later_than_before() returns trigger language plpgsql as $$
            begin
                new.res_updated := old.res_updated + interval '1 millisecond';
                if new.res_deleted_at is not null then
                    new.res_deleted_at := new.res_updated;
                end if;
                return new;
            end
            $$;

            create or replace function keneya_later_than_version_before() returns trigger language plpgsql
            set search_path from current as $$
            declare
                before hfj_res_ver.res_updated%type := (
                    select res_updated from hfj_res_ver where res_id = new.res_id and res_ver < new.res_ver
                    order by res_ver desc limit 1);
            begin
                if new.res_updated <= before then
                    new.res_updated := before + interval '1 millisecond';
                    if new.res_deleted_at is not null then
                        new.res_deleted_at := new.res_updated;
                    end if;
                end if;
                return new;
            end
            $$;

            create or replace trigger keneya_later_than_before before update on hfj_resource for each row
                when (new.res_ver > old.res_ver and new.res_updated <= old.res_updated)
                execute function keneya_later_than_before();
            -- HAPI writes a version once more after it was put in, with what the clock said.
            create or replace trigger keneya_later_than_before before insert or update on hfj_res_ver for each row
                when (new.res_ver > 1) execute function keneya_later_than_version_before();
            """;

    /** The text that the triggers were made by stands beside them, so that another one replaces them. */
    private static final String MADE_BY = Integer.toHexString(KEEP_GROWING.hashCode());

    private static final String ARE_MADE = """
            select exists (select from pg_trigger
                           where tgname = 'keneya_later_than_before' and tgrelid = 'hfj_res_ver'::regclass
                             and obj_description(oid, 'pg_trigger') = ?)
            """;

    private TimesOfVersions() {}

    /** Replaces triggers only if their text has changed, because that waits for everybody who writes. */
    static void keepGrowing(Connection connection) throws SQLException {
        if (areMade(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            // One block, so that either all of it is there or nothing.
            statement.execute("do $do$ begin " + KEEP_GROWING
                    + "comment on trigger keneya_later_than_before on hfj_res_ver is '" + MADE_BY + "'; end $do$");
        }
    }

    private static boolean areMade(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(ARE_MADE)) {
            question.setString(1, MADE_BY);
            try (ResultSet answer = question.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
