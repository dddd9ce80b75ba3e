package ml.keneya.security.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of systems that may call, in PostgreSQL, so that every copy of the server knows the same. */
@Component
public class Clients {

    /** How long a revoked client may go on: every request asks, and this spares the database most of the questions. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String SELECT = """
            select id, name, role, facility, areas, scopes, jwks, jwks_url, revoked_at is not null as revoked
            from keneya.client
            """;

    private final JdbcClient jdbc;
    private final SandboxClients guests;
    private final Cache<String, Optional<Client>> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Clients(JdbcClient jdbc, SandboxClients guests) {
        this.jdbc = jdbc;
        this.guests = guests;
    }

    /** One that may call: known and not revoked. */
    public Optional<Client> find(String id) {
        if (id.indexOf(0) >= 0) {
            // Nobody's id; the database would not even look for it.
            return Optional.empty();
        }
        return guests.find(id).or(() -> remembered.get(id, this::read).filter(client -> !client.revoked()));
    }

    /** When one of a sandbox ends by itself; nothing for all others. */
    public Optional<Instant> endOf(String id) {
        return guests.endOf(id);
    }

    List<Client> all() {
        return jdbc.sql(SELECT + " order by id").query(Clients::client).list();
    }

    /** @return false when the id is taken, be it by a revoked one: what it did must stay its own */
    boolean add(Client client) {
        int added = jdbc.sql("""
                        insert into keneya.client (id, name, role, facility, areas, scopes, jwks, jwks_url)
                        select :id, :name, :role, :facility, :areas, :scopes, :jwks, :jwksUrl
                        where not exists (select from keneya.app where id = :id)
                        on conflict (id) do nothing
                        """)
                .param("id", client.id())
                .param("name", client.name())
                .param("role", client.role().name())
                .param("facility", client.facility())
                .param("areas", client.areas().toArray(String[]::new))
                .param("scopes", client.scopes())
                .param("jwks", client.keys().set())
                .param("jwksUrl", addressOf(client.keys()))
                .update();
        remembered.invalidate(client.id());
        return added == 1;
    }

    /** @return false when there is none that may call */
    boolean revoke(String id) {
        if (guests.remove(id)) {
            return true;
        }
        int revoked = jdbc.sql("update keneya.client set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", id)
                .update();
        remembered.invalidate(id);
        return revoked == 1;
    }

    /** Other keys for the same client; what it signed with the old ones is refused from now on. */
    boolean replaceKeys(String id, ClientKeys keys) {
        int replaced = jdbc.sql("""
                        update keneya.client set jwks = :jwks, jwks_url = :jwksUrl where id = :id and revoked_at is null
                        """)
                .param("id", id)
                .param("jwks", keys.set())
                .param("jwksUrl", addressOf(keys))
                .update();
        remembered.invalidate(id);
        return replaced == 1;
    }

    private Optional<Client> read(String id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Clients::client)
                .optional();
    }

    private static @Nullable String addressOf(ClientKeys keys) {
        URI address = keys.address();
        return address == null ? null : address.toString();
    }

    private static ClientKeys keys(@Nullable String set, @Nullable String address) {
        return new ClientKeys(set, address == null ? null : URI.create(address));
    }

    private static Client client(ResultSet row, int number) throws SQLException {
        return new Client(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("facility"),
                Set.of((String[]) row.getArray("areas").getArray()),
                row.getString("scopes"),
                keys(row.getString("jwks"), row.getString("jwks_url")),
                row.getBoolean("revoked"));
    }
}
