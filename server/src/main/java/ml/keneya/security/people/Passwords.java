package ml.keneya.security.people;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords and compares them, which is dear on purpose: only so many at a time, so that whoever guesses cannot
 * take the machine from the clinics.
 */
@Component
class Passwords {

    /** bcrypt reads no more than this, so nobody is let believe that a longer one protects better. */
    static final int LONGEST_BYTES = 72;

    /** NIST SP 800-63B asks for length and against rules about kinds of letters. */
    static final int SHORTEST = 12;

    private static final int FEWEST_DIFFERENT = 6;
    private static final int ROUNDS = 12;
    private static final int DIGEST_CHARACTERS = 31;
    private static final int AT_A_TIME = 2;
    private static final long PATIENCE_SECONDS = 5;

    /** Who wait for a turn, each in a thread of the server. */
    private static final int MOST_WAITING = 8;

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    /** The kind stands before each hash, so that another kind can take over without anybody being shut out. */
    private final PasswordEncoder encoder =
            new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(ROUNDS)));

    /**
     * What is compared when there is nobody of that name: it must take as long. Nobody knows a password for it, and
     * making one by hashing would hold up the start.
     */
    private final String nobodys = "{bcrypt}" + BCrypt.gensalt(ROUNDS) + randomDigest();

    /** There are too many at once; nothing was compared. */
    static final class Busy extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /** @param hash absent when there is nobody, or nobody with a password; it takes the same time */
    boolean matches(String typed, Optional<String> hash) throws Busy {
        return inTurn(() -> {
            boolean same = isShortEnough(typed) && encoder.matches(typed, hash.orElse(nobodys));
            return same && hash.isPresent();
        });
    }

    String hash(String chosen) throws Busy {
        return inTurn(() -> encoder.encode(chosen));
    }

    static boolean isFit(String chosen, String login) {
        String small = chosen.toLowerCase(Locale.ROOT);
        return chosen.codePointCount(0, chosen.length()) >= SHORTEST
                && isShortEnough(chosen)
                && chosen.codePoints().distinct().count() >= FEWEST_DIFFERENT
                && !small.contains(login)
                && !small.contains("keneya");
    }

    /** In the alphabet of bcrypt, which is that of Base64 save for one sign, and as long as its digests. */
    private static String randomDigest() {
        return Secret.make().replace('-', '.').replace('_', '/').substring(0, DIGEST_CHARACTERS);
    }

    private static boolean isShortEnough(String typed) {
        return typed.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
    }

    private <T> T inTurn(Supplier<T> work) throws Busy {
        if (turns.getQueueLength() >= MOST_WAITING) {
            throw new Busy();
        }
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
