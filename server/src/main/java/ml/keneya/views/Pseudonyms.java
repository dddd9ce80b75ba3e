package ml.keneya.views;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pseudonyms of the schema {@code pseudonymised}, for those who hand records on in another form: whoever has rows
 * and records joins them by it.
 */
@Component
public class Pseudonyms {

    /** Of a digest in hexadecimal; enough that no two records meet, and a legal id of FHIR. */
    private static final int LENGTH = 32;

    private final JdbcClient jdbc;

    Pseudonyms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** With the key that the database holds now. */
    public Keyed keyed() {
        return keyed(jdbc.sql("select key from keneya.pseudonym_key")
                .query(byte[].class)
                .single());
    }

    /** With a key that somebody else holds. */
    public static Keyed keyed(byte[] key) {
        return new Keyed(key.clone());
    }

    /** Gives pseudonyms; for one thread. */
    public static final class Keyed {

        private final byte[] key;
        private final MessageDigest digest;

        private Keyed(byte[] key) {
            this.key = key;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every Java has SHA-256.", impossible);
            }
        }

        /** The same for the same id, and not to be found without the key. */
        public String of(String id) {
            digest.update(key);
            byte[] whole = digest.digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole).substring(0, LENGTH);
        }
    }
}
