package ml.keneya.security.people;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses. A try is counted before it is made, so that many at once count like one after the other, and
 * whether there is anybody of that name makes no difference.
 */
@Component
class LoginTries {

    /** Typing errors that cost nothing. */
    static final int FREE = 5;

    /** Failures of one login from everywhere in a day, far more than one address can bring. */
    static final int IN_A_DAY = 1_000;

    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final AtomicLong cleaned = new AtomicLong(System.nanoTime() - BETWEEN_CLEANINGS.toNanos());

    LoginTries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * After the fifth failure in a row from one network half a minute must pass until the next try from there, then
     * one, two, four, eight and always fifteen: about a hundred tries a day. Who guesses so keeps others at the same
     * network waiting and nobody elsewhere, unless from many networks more than {@link #IN_A_DAY} fail.
     *
     * @return false when it is too early for another
     */
    boolean begin(String login, String network) {
        clean();
        return count(key(login, network), login, """
                        case when tried.failures + 1 >= :free
                            then now() + least(30 * power(2, least(tried.failures + 1 - :free, 10)), 900)
                                * interval '1 second' end
                        """, FREE) && count(hash(login), login, """
                        case when tried.failures + 1 >= :free then tried.began_at + interval '1 day' end
                        """, IN_A_DAY);
    }

    /** The tries were none: it was the person. Those from elsewhere stay. */
    void forget(String login, String network) {
        jdbc.sql("delete from keneya.login_try where login = :key")
                .param("key", key(login, network))
                .update();
        subtract(hash(login));
    }

    /** The last try was none: nothing was compared. */
    void takeBack(String login, String network) {
        subtract(key(login, network));
        subtract(hash(login));
    }

    static byte[] hash(String login) {
        return Secret.hash("login\n" + login);
    }

    private static byte[] key(String login, String network) {
        return Secret.hash("login\n" + login + "\n" + network);
    }

    /** @param wait until when the next try has to wait, as an expression of SQL */
    private boolean count(byte[] key, String login, String wait, int free) {
        return jdbc.sql("""
                        insert into keneya.login_try as tried (login, whose, failures, last_at)
                        values (:key, :whose, 1, now())
                        on conflict (login) do update
                        set failures = case when tried.began_at > now() - interval '1 day'
                                then tried.failures + 1 else 1 end,
                            began_at = case when tried.began_at > now() - interval '1 day'
                                then tried.began_at else now() end,
                            last_at = now(),
                            waits_until = case when tried.began_at > now() - interval '1 day' then\s""" + wait + """
                                end
                        where tried.waits_until is null or tried.waits_until <= now()
                        """)
                        .param("key", key)
                        .param("whose", hash(login))
                        .param("free", free)
                        .update()
                == 1;
    }

    private void subtract(byte[] key) {
        jdbc.sql("""
                        update keneya.login_try set failures = greatest(failures - 1, 0), waits_until = null
                        where login = :key
                        """).param("key", key).update();
    }

    private void clean() {
        long last = cleaned.get();
        long now = System.nanoTime();
        if (now - last >= BETWEEN_CLEANINGS.toNanos() && cleaned.compareAndSet(last, now)) {
            jdbc.sql("delete from keneya.login_try where last_at < now() - interval '1 day'")
                    .update();
        }
    }
}
