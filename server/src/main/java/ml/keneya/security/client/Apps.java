package ml.keneya.security.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of applications that people use. */
@Component
public class Apps {

    /** How long a revoked one may go on: every request of a person asks. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String SELECT = """
            select id, name, redirect_uris, scopes, revoked_at is not null as revoked from keneya.app
            """;

    private final JdbcClient jdbc;
    private final Cache<String, Optional<App>> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Apps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One that may be used: known and not revoked. */
    public Optional<App> find(String id) {
        if (id.indexOf(0) >= 0) {
            // Nobody's id; the database would not even look for it.
            return Optional.empty();
        }
        return remembered.get(id, this::read).filter(app -> !app.revoked());
    }

    List<App> all() {
        return jdbc.sql(SELECT + " order by id").query(Apps::app).list();
    }

    /** @return false when an application or a system has or had this id */
    boolean add(App app) {
        int added = jdbc.sql("""
                        insert into keneya.app (id, name, redirect_uris, scopes)
                        select :id, :name, :uris, :scopes
                        where not exists (select from keneya.client where id = :id)
                        on conflict (id) do nothing
                        """)
                .param("id", app.id())
                .param("name", app.name())
                .param("uris", app.redirectUris().toArray(String[]::new))
                .param("scopes", app.scopes())
                .update();
        remembered.invalidate(app.id());
        return added == 1;
    }

    /** @return false when there is none that may be used */
    boolean revoke(String id) {
        int revoked = jdbc.sql("update keneya.app set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", id)
                .update();
        remembered.invalidate(id);
        return revoked == 1;
    }

    private Optional<App> read(String id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Apps::app)
                .optional();
    }

    private static App app(ResultSet row, int number) throws SQLException {
        return new App(
                row.getString("id"),
                row.getString("name"),
                Set.of((String[]) row.getArray("redirect_uris").getArray()),
                row.getString("scopes"),
                row.getBoolean("revoked"));
    }
}
