package ml.keneya.security.token;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which assertions were used, so that one that was overheard is worth nothing. */
@Component
class SpentAssertions {

    private final JdbcClient jdbc;

    SpentAssertions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false when it was used before, on whichever copy of the server */
    boolean spend(String client, String jti, Instant expiresAt) {
        jdbc.sql("delete from keneya.spent_assertion where expires_at < now() - interval '5 minutes'")
                .update();
        return jdbc.sql("""
                        insert into keneya.spent_assertion (client, jti, expires_at) values (:client, :jti, :expires)
                        on conflict do nothing
                        """)
                        .param("client", client)
                        .param("jti", jti)
                        .param("expires", OffsetDateTime.ofInstant(expiresAt, ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
