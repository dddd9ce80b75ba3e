package ml.keneya.security.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.Sandbox;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of people who may call, in PostgreSQL, so that every copy of the server knows the same. */
@Component
public class Accounts {

    /** How long a revoked person may go on: every request asks, and this spares the database most of the questions. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final String COLUMNS = """
            id, login, name, role, facility, areas, language, practitioner,
            password is not null as activated, revoked_at is not null as revoked
            """;

    /** Guests of a sandbox are nobody elsewhere, and nobody when their time is over. */
    private static final String KNOWN = " (sandbox_until is null or (:sandbox and sandbox_until > now())) ";

    private final JdbcClient jdbc;
    private final Sandbox sandbox;
    private final Cache<String, Optional<Account>> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Accounts(JdbcClient jdbc, Sandbox sandbox) {
        this.jdbc = jdbc;
        this.sandbox = sandbox;
    }

    /** One that may call: known and not revoked. */
    public Optional<Account> find(String id) {
        return remembered.get(id, this::read).filter(account -> !account.revoked());
    }

    List<Account> all() {
        return jdbc.sql("select " + COLUMNS + " from keneya.account order by login")
                .query(Accounts::account)
                .list();
    }

    /** Someone who is not revoked, as the person types it; never from memory, because a password may have changed. */
    Optional<Account> byLogin(String login) {
        return jdbc.sql("select " + COLUMNS + " from keneya.account where login = :login and revoked_at is null and"
                        + KNOWN)
                .param("login", storable(login))
                .param("sandbox", sandbox.isOn())
                .query(Accounts::account)
                .optional();
    }

    /** Asked by the login, so that the same is asked when there is nobody of that name. */
    Optional<String> hashOf(String login) {
        return jdbc.sql("select password from keneya.account where login = :login and revoked_at is null and" + KNOWN)
                .param("login", storable(login))
                .param("sandbox", sandbox.isOn())
                .query(String.class)
                .optional();
    }

    /** By the clock of the database, which notes resets. */
    Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** What the database cannot even look for is nobody's login. */
    private static String storable(String login) {
        return login.indexOf(0) < 0 ? login : "";
    }

    /** @return false when the login is taken, be it by a revoked one: what it did must stay its own */
    boolean add(Account account, ActivationCode code) {
        int added = jdbc.sql("""
                        insert into keneya.account
                            (id, login, name, role, facility, areas, language, practitioner, activation,
                             activation_expires_at)
                        values (:id, :login, :name, :role, :facility, :areas, :language, :practitioner, :code,
                                now() + cast(:days as integer) * interval '1 day')
                        on conflict (login) do nothing
                        """)
                .param("id", account.id())
                .param("login", account.login())
                .param("name", account.name())
                .param("role", account.role().name())
                .param("facility", account.facility())
                .param("areas", account.areas().toArray(String[]::new))
                .param("language", account.language())
                .param("practitioner", account.practitioner())
                .param("code", code.hash())
                .param("days", ActivationCode.DAYS)
                .update();
        remembered.invalidate(account.id());
        return added == 1;
    }

    /** A guest, who needs no code because nobody chose the password. */
    void addToSandbox(Account account, String hash, Instant end) {
        jdbc.sql("""
                        insert into keneya.account
                            (id, login, name, role, facility, areas, language, practitioner, password, sandbox_until)
                        values (:id, :login, :name, :role, :facility, :areas, :language, :practitioner, :hash, :end)
                        """)
                .param("id", account.id())
                .param("login", account.login())
                .param("name", account.name())
                .param("role", account.role().name())
                .param("facility", account.facility())
                .param("areas", account.areas().toArray(String[]::new))
                .param("language", account.language())
                .param("practitioner", account.practitioner())
                .param("hash", hash)
                .param("end", OffsetDateTime.ofInstant(end, ZoneOffset.UTC))
                .update();
        remembered.invalidate(account.id());
    }

    /** Who has chosen a password must choose another; until then nobody comes in, and what was allowed has ended. */
    boolean reset(String login, ActivationCode code) {
        jdbc.sql("delete from keneya.login_try where whose = :login")
                .param("login", LoginTries.hash(login))
                .update();
        return change(jdbc.sql("""
                        update keneya.account
                        set password = null, activation = :code, tokens_since = clock_timestamp(),
                            activation_expires_at = now() + cast(:days as integer) * interval '1 day'
                        where login = :login and revoked_at is null
                        returning id
                        """)
                .param("code", code.hash())
                .param("days", ActivationCode.DAYS)
                .param("login", login));
    }

    /** @return false when there is none that may call */
    boolean revoke(String login) {
        return change(jdbc.sql("""
                        update keneya.account set revoked_at = now(), password = null, activation = null
                        where login = :login and revoked_at is null
                        returning id
                        """).param("login", login));
    }

    /** @return false when the code is not the person's, or was used, or is too old */
    boolean activate(Account account, ActivationCode code, String hash) {
        boolean activated = jdbc.sql("""
                        update keneya.account
                        set password = :hash, activation = null, activation_expires_at = null
                        where id = :id and revoked_at is null and activation = :code
                            and activation_expires_at > now()
                        """)
                        .param("hash", hash)
                        .param("id", account.id())
                        .param("code", code.hash())
                        .update()
                == 1;
        remembered.invalidate(account.id());
        return activated;
    }

    /** Whether a code would be taken, before the dear work of hashing a password is done for it. */
    boolean awaits(String login, ActivationCode code) {
        return jdbc.sql("""
                        select exists (
                            select from keneya.account
                            where login = :login and revoked_at is null and activation = :code
                                and activation_expires_at > now())
                        """)
                .param("login", storable(login))
                .param("code", code.hash())
                .query(Boolean.class)
                .single();
    }

    private boolean change(JdbcClient.StatementSpec statement) {
        Optional<String> changed = statement.query(String.class).optional();
        changed.ifPresent(remembered::invalidate);
        return changed.isPresent();
    }

    private Optional<Account> read(String id) {
        return jdbc.sql("select " + COLUMNS + " from keneya.account where id = :id and" + KNOWN)
                .param("id", id)
                .param("sandbox", sandbox.isOn())
                .query(Accounts::account)
                .optional();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("login"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("facility"),
                Set.of((String[]) row.getArray("areas").getArray()),
                row.getString("language"),
                row.getString("practitioner"),
                row.getBoolean("activated"),
                row.getBoolean("revoked"));
    }
}
