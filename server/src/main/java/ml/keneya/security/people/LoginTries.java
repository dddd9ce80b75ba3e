package ml.keneya.security.people;

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

    private final JdbcClient jdbc;

    LoginTries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * After the fifth failure in a row half a minute must pass until the next try, then one, two, four, eight and
     * always fifteen: about a hundred tries a day, and nobody is shut out for longer than that by somebody else's
     * guessing.
     *
     * @return false when it is too early for another
     */
    boolean begin(String login) {
        jdbc.sql("delete from keneya.login_try where last_at < now() - interval '1 day'")
                .update();
        return jdbc.sql("""
                        insert into keneya.login_try as tried (login, failures, last_at) values (:login, 1, now())
                        on conflict (login) do update
                        set failures = tried.failures + 1,
                            last_at = now(),
                            waits_until = case when tried.failures + 1 >= :free
                                then now() + least(30 * power(2, least(tried.failures + 1 - :free, 10)), 900)
                                    * interval '1 second' end
                        where tried.waits_until is null or tried.waits_until <= now()
                        """)
                        .param("login", Secret.hash("login\n" + login))
                        .param("free", FREE)
                        .update()
                == 1;
    }

    /** The try was none: it was the person. */
    void forget(String login) {
        jdbc.sql("delete from keneya.login_try where login = :login")
                .param("login", Secret.hash("login\n" + login))
                .update();
    }
}
