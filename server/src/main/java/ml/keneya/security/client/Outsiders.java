package ml.keneya.security.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Those who have come with a token of another issuer. Each has an id of ours from the first time on, so that no subject
 * of another issuer can be taken for a client or a person of ours, whatever it is called there.
 */
@Component
public class Outsiders {

    /** What the ids begin with; no client and no person of ours is called so. */
    static final String PREFIX = "outside-";

    /** How long one that was shut out may go on: every request asks, and this spares the database most questions. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String SELECT = """
            select id, issuer, subject, role, facility, areas, revoked_at is not null as revoked from keneya.outsider
            """;

    private final JdbcClient jdbc;
    private final Cache<Named, Outsider> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record Named(String issuer, String subject) {}

    Outsiders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who that is here; whoever comes for the first time is given an id. */
    public Outsider of(String issuer, String subject) {
        return remembered.get(new Named(issuer, subject), this::readOrAdd);
    }

    public Optional<Outsider> find(String id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Outsiders::outsider)
                .optional();
    }

    /** Keeps where its last good token placed it, for what is carried out when the token is gone. */
    public void keep(Outsider placed) {
        Named named = new Named(placed.issuer(), placed.subject());
        if (placed.equals(remembered.getIfPresent(named)) || placed.role() == null) {
            return;
        }
        jdbc.sql("update keneya.outsider set role = :role, facility = :facility, areas = :areas where id = :id")
                .param("role", placed.role().name())
                .param("facility", placed.facility())
                .param("areas", placed.areas().toArray(String[]::new))
                .param("id", placed.id())
                .update();
        remembered.invalidate(named);
    }

    List<Outsider> all() {
        return jdbc.sql(SELECT + " order by first_seen_at, id")
                .query(Outsiders::outsider)
                .list();
    }

    /** @return false when there is none that may call */
    boolean revoke(String id) {
        int revoked = jdbc.sql("update keneya.outsider set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", id)
                .update();
        remembered.invalidateAll();
        return revoked == 1;
    }

    private Outsider readOrAdd(Named named) {
        return read(named).orElseGet(() -> {
            jdbc.sql("""
                            insert into keneya.outsider (id, issuer, subject) values (:id, :issuer, :subject)
                            on conflict (issuer, subject) do nothing
                            """)
                    .param("id", PREFIX + UUID.randomUUID().toString().replace("-", ""))
                    .param("issuer", named.issuer())
                    .param("subject", named.subject())
                    .update();
            return read(named).orElseThrow();
        });
    }

    private Optional<Outsider> read(Named named) {
        return jdbc.sql(SELECT + " where issuer = :issuer and subject = :subject")
                .param("issuer", named.issuer())
                .param("subject", named.subject())
                .query(Outsiders::outsider)
                .optional();
    }

    private static Outsider outsider(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        return new Outsider(
                row.getString("id"),
                row.getString("issuer"),
                row.getString("subject"),
                role == null ? null : Role.valueOf(role),
                row.getString("facility"),
                Set.of((String[]) row.getArray("areas").getArray()),
                row.getBoolean("revoked"));
    }
}
