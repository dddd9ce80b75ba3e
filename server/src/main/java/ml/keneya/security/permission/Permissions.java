package ml.keneya.security.permission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people have allowed, in PostgreSQL. Codes and tokens stand there as hashes: who reads the table has none. */
@Component
public class Permissions {

    /** How long a token may go on that was given back or found to be stolen: every request of a person asks. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** Neither given back, nor of a person who was shut out or has had to choose another password since. */
    private static final String GOOD = """
            from keneya.permission permission
            join keneya.account account on account.id = permission.account
            where permission.revoked_at is null and account.revoked_at is null
                and permission.begun_at >= account.tokens_since
            """;

    private static final String SELECT = """
            select permission.id, permission.account, permission.app, permission.scopes, permission.redirect_uri,
                permission.challenge, permission.nonce, permission.begun_at, permission.code_expires_at,
                permission.code_used_at is not null as code_used, permission.refresh_expires_at
            """ + GOOD;

    private final JdbcClient jdbc;
    private final Cache<UUID, Boolean> remembered = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    Permissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the access tokens of this login are good. */
    public boolean isGood(UUID id) {
        return remembered.get(
                id,
                key -> jdbc.sql("select exists (select " + GOOD + " and permission.id = :id)")
                        .param("id", key)
                        .query(Boolean.class)
                        .single());
    }

    void begin(Permission permission, byte[] code) {
        jdbc.sql("""
                        delete from keneya.permission
                        where begun_at < now() - interval '60 days'
                            or code_used_at is null and code_expires_at < now() - interval '1 day'
                        """).update();
        jdbc.sql("""
                        insert into keneya.permission
                            (id, account, app, scopes, redirect_uri, challenge, nonce, code, code_expires_at,
                             begun_at)
                        values (:id, :account, :app, :scopes, :uri, :challenge, :nonce, :code, :expires, :begun)
                        """)
                .param("id", permission.id())
                .param("account", permission.account())
                .param("app", permission.app())
                .param("scopes", String.join(" ", permission.scopes()))
                .param("uri", permission.redirectUri())
                .param("challenge", permission.challenge())
                .param("nonce", permission.nonce())
                .param("code", code)
                .param("expires", inDatabase(permission.codeExpiresAt()))
                .param("begun", inDatabase(permission.begunAt()))
                .update();
    }

    Optional<Permission> byCode(byte[] code) {
        return jdbc.sql(SELECT + " and permission.code = :code")
                .param("code", code)
                .query(Permissions::permission)
                .optional();
    }

    Optional<Permission> byId(UUID id) {
        return jdbc.sql(SELECT + " and permission.id = :id")
                .param("id", id)
                .query(Permissions::permission)
                .optional();
    }

    boolean hasRefresh(UUID id, byte[] refresh) {
        return jdbc.sql("select exists (select from keneya.permission where id = :id and refresh = :refresh)")
                .param("id", id)
                .param("refresh", refresh)
                .query(Boolean.class)
                .single();
    }

    /** @return false when somebody else was faster with the same code */
    boolean redeem(UUID id, byte @Nullable [] refresh, @Nullable Instant refreshExpiresAt) {
        return jdbc.sql("""
                        update keneya.permission
                        set code_used_at = now(), refresh = :refresh, refresh_expires_at = :expires
                        where id = :id and code_used_at is null and revoked_at is null
                        """)
                        .param("refresh", refresh)
                        .param("expires", inDatabase(refreshExpiresAt))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** @return false when somebody else was faster with the same token */
    boolean renew(UUID id, byte[] before, byte[] refresh, @Nullable Instant refreshExpiresAt) {
        return jdbc.sql("""
                        update keneya.permission set refresh = :refresh, refresh_expires_at = :expires
                        where id = :id and refresh = :before and revoked_at is null
                        """)
                        .param("refresh", refresh)
                        .param("expires", inDatabase(refreshExpiresAt))
                        .param("id", id)
                        .param("before", before)
                        .update()
                == 1;
    }

    void revoke(UUID id) {
        jdbc.sql("update keneya.permission set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", id)
                .update();
        remembered.invalidate(id);
    }

    private static @Nullable OffsetDateTime inDatabase(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Permission permission(ResultSet row, int number) throws SQLException {
        OffsetDateTime refreshExpiresAt = row.getObject("refresh_expires_at", OffsetDateTime.class);
        return new Permission(
                row.getObject("id", UUID.class),
                row.getString("account"),
                row.getString("app"),
                Set.of(row.getString("scopes").split(" ")),
                row.getString("redirect_uri"),
                row.getString("challenge"),
                row.getString("nonce"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getObject("code_expires_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("code_used"),
                refreshExpiresAt == null ? null : refreshExpiresAt.toInstant());
    }
}
