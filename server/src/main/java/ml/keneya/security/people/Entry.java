package ml.keneya.security.people;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a try to log in.
 *
 * @param account who it is; absent when something was wrong
 * @param began when it began, by the clock of the database: a reset after it ends what comes of this login
 * @param tried the id of the account that was tried, for the trace alone; absent when there is none of that name
 */
public record Entry(
        @Nullable Account account,
        @Nullable Instant began,
        @Nullable Problem problem,
        @Nullable String tried) {

    /** Why somebody is not in, as far as it may be told. */
    public enum Problem {
        /** Name, password or code; which, is not told. */
        WRONG(403),
        /** Too many failures; nothing was compared. */
        TOO_MANY_TRIES(429),
        /** Too many people at once. */
        BUSY(503),
        /** The password that somebody wants is too short or too simple. */
        WEAK_PASSWORD(400),
        /** The password was typed differently the second time. */
        DIFFERENT_PASSWORDS(400),
        /** The form did not come from our page, or the page is too old. */
        STALE_FORM(400);

        private final int status;

        Problem(int status) {
            this.status = status;
        }

        /** Of HTTP. */
        public int status() {
            return status;
        }
    }

    static Entry of(Account account, Instant began) {
        return new Entry(account, began, null, account.id());
    }

    public static Entry refused(Problem problem) {
        return new Entry(null, null, problem, null);
    }

    static Entry refused(Problem problem, Optional<Account> tried) {
        return new Entry(null, null, problem, tried.map(Account::id).orElse(null));
    }
}
