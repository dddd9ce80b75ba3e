package ml.keneya.security.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The keys that access tokens are signed with, shared by every copy of the server. One signs; those before it vouch for
 * their tokens until these have expired.
 */
@Component
class SigningKeys {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Cache<String, List<JWK>> remembered =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();

    SigningKeys(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Those that vouch for tokens, the one that signs first. */
    List<JWK> all() {
        return remembered.get("all", key -> {
            List<JWK> found = read();
            if (found.isEmpty()) {
                insert();
                found = read();
            }
            return found;
        });
    }

    /** A new key signs from now on, on the other copies of the server within seconds. */
    void rotate() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("update keneya.signing_key set retired_at = now() where retired_at is null")
                    .update();
            insert();
        });
        remembered.invalidateAll();
    }

    /** Of two servers that start at once one wins, and both use its key. */
    private void insert() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_384)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES384)
                    .generate();
            jdbc.sql("insert into keneya.signing_key (id, key) values (:id, :key) on conflict do nothing")
                    .param("id", key.getKeyID())
                    .param("key", key.toJSONString())
                    .update();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Java cannot make a key on P-384.", impossible);
        }
    }

    private List<JWK> read() {
        return jdbc.sql("""
                        select key from keneya.signing_key
                        where retired_at is null or retired_at > now() - interval '10 minutes'
                        order by retired_at desc nulls first
                        """).query(String.class).list().stream()
                .map(SigningKeys::parse)
                .toList();
    }

    private static JWK parse(String key) {
        try {
            return JWK.parse(key);
        } catch (ParseException damaged) {
            throw new IllegalStateException("A signing key in the database is damaged.", damaged);
        }
    }
}
