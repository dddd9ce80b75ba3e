package ml.keneya.security.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The keys that tokens are signed with, shared by every copy of the server. One of each algorithm signs; those before
 * it vouch for their tokens until these have expired: access tokens live five minutes, ID tokens thirty.
 */
@Component
class SigningKeys {

    /** Access tokens are signed with the first, ID tokens with the second, as SMART App Launch 2.2 requires. */
    private static final List<JWSAlgorithm> ALGORITHMS = List.of(JWSAlgorithm.ES384, JWSAlgorithm.RS256);

    private static final int RSA_BITS = 2048;
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final AtomicLong lookedAgain = new AtomicLong(System.nanoTime() - BETWEEN_LOOKS.toNanos());
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
            if (insertMissing(found)) {
                found = read();
            }
            return found;
        });
    }

    /**
     * Another copy of the server may have made a key since these were read; asked for a key that is not among them, and
     * answered by the database once a second at most.
     */
    List<JWK> lookAgain() {
        long now = System.nanoTime();
        long before = lookedAgain.get();
        if (now - before >= BETWEEN_LOOKS.toNanos() && lookedAgain.compareAndSet(before, now)) {
            remembered.invalidateAll();
        }
        return all();
    }

    /** Those that sign, one for each algorithm. */
    List<JWK> signing() {
        return ALGORITHMS.stream()
                .map(algorithm -> all().stream()
                        .filter(key -> algorithm.equals(key.getAlgorithm()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No key signs with " + algorithm + ".")))
                .toList();
    }

    /** New keys sign from now on, on the other copies of the server within seconds. */
    void rotate() {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("update keneya.signing_key set retired_at = now() where retired_at is null")
                    .update();
            insertMissing(List.of());
        });
        remembered.invalidateAll();
    }

    private boolean insertMissing(List<JWK> present) {
        List<JWSAlgorithm> missing = ALGORITHMS.stream()
                .filter(algorithm -> present.stream().noneMatch(key -> algorithm.equals(key.getAlgorithm())))
                .toList();
        missing.forEach(this::insert);
        return !missing.isEmpty();
    }

    /** Of two servers that start at once one wins, and both use its key. */
    private void insert(JWSAlgorithm algorithm) {
        JWK key = make(algorithm);
        jdbc.sql("""
                        insert into keneya.signing_key (id, key, algorithm) values (:id, :key, :algorithm)
                        on conflict do nothing
                        """)
                .param("id", key.getKeyID())
                .param("key", key.toJSONString())
                .param("algorithm", algorithm.getName())
                .update();
    }

    private static JWK make(JWSAlgorithm algorithm) {
        String id = UUID.randomUUID().toString();
        try {
            return JWSAlgorithm.ES384.equals(algorithm)
                    ? new ECKeyGenerator(Curve.P_384)
                            .keyID(id)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(algorithm)
                            .generate()
                    : new RSAKeyGenerator(RSA_BITS)
                            .keyID(id)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(algorithm)
                            .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Java cannot make a key for " + algorithm + ".", impossible);
        }
    }

    private List<JWK> read() {
        return jdbc.sql("""
                        select key from keneya.signing_key
                        where retired_at is null
                            or retired_at > now() - case algorithm when 'RS256' then interval '40 minutes'
                                else interval '10 minutes' end
                        order by retired_at desc nulls first, algorithm
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
