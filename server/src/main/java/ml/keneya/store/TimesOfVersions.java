package ml.keneya.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A version is later than the one before by its time too, even if the clock was set back meanwhile: HAPI takes the
 * clock's word, and sorts histories and answers {@code _lastUpdated} by it. A millisecond is the least that it tells
 * apart. By the database, because deletions ask the clock where no hook is (decision 0144).
 */
final class TimesOfVersions {

    /** With the search path of now: what restores rows alone has none. */
    private static final String FUNCTIONS = """
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
            """;

    /** Stands beside the functions, with their path, so that those of another version of the exchange are replaced. */
    private static final String MADE_BY = Integer.toHexString(FUNCTIONS.hashCode());

    /**
     * Functions are replaced while others write. A trigger would wait for them, and they for it, so it is made where
     * there is none; should its own words ever change, it needs another name.
     */
    private static final String KEEP_GROWING = """
            do $do$
            declare
                made_by text := '%2$s ' || current_setting('search_path');
            begin
                if (select count(*) from pg_trigger where tgname = 'keneya_later_than_before'
                    and tgrelid in ('hfj_resource'::regclass, 'hfj_res_ver'::regclass)) = 2
                    and obj_description(to_regprocedure('keneya_later_than_version_before()'), 'pg_proc') = made_by then
                    return;
                end if;
                %1$s
                execute format('comment on function keneya_later_than_version_before() is %%L', made_by);
                if not exists (select from pg_trigger
                               where tgname = 'keneya_later_than_before' and tgrelid = 'hfj_resource'::regclass) then
                    create trigger keneya_later_than_before before update on hfj_resource for each row
                        when (new.res_ver > old.res_ver and new.res_updated <= old.res_updated)
                        execute function keneya_later_than_before();
                end if;
                -- HAPI writes a version once more after it was put in, with what the clock said.
                if not exists (select from pg_trigger
                               where tgname = 'keneya_later_than_before' and tgrelid = 'hfj_res_ver'::regclass) then
                    create trigger keneya_later_than_before before insert or update on hfj_res_ver for each row
                        when (new.res_ver > 1) execute function keneya_later_than_version_before();
                end if;
            end
            $do$
            """.formatted(FUNCTIONS, MADE_BY);

    private TimesOfVersions() {}

    static void keepGrowing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP_GROWING);
        }
    }
}
