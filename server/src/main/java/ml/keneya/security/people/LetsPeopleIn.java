package ml.keneya.security.people;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import ml.keneya.security.people.Entry.Problem;
import ml.keneya.security.people.Passwords.Busy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds out whether somebody is who they say: by their password, or the first time by the code they were given. */
@Component
public class LetsPeopleIn {

    private static final Logger log = LoggerFactory.getLogger(LetsPeopleIn.class);
    private static final int LONGEST_LOGIN = 64;

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginTries tries;

    LetsPeopleIn(Accounts accounts, Passwords passwords, LoginTries tries) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.tries = tries;
    }

    /** @param network where the person calls from, as far as it is counted */
    public Entry byPassword(String typedLogin, String password, String network) {
        String login = normal(typedLogin);
        Instant began = accounts.now();
        if (!tries.begin(login, network)) {
            return Entry.refused(Problem.TOO_MANY_TRIES, accounts.byLogin(login));
        }
        Optional<Account> account = accounts.byLogin(login);
        try {
            if (!passwords.matches(password, accounts.hashOf(login)) || account.isEmpty()) {
                return wrong(account);
            }
            tries.forget(login, network);
            return Entry.of(account.get(), began);
        } catch (Busy busy) {
            tries.takeBack(login, network);
            return Entry.refused(Problem.BUSY, account);
        }
    }

    /**
     * The person chooses a password and is in. Codes are not counted: nobody guesses one, and somebody else's guessing
     * at passwords must not keep its owner from using it.
     */
    public Entry byCode(String typedLogin, String typedCode, String chosen, String again) {
        String login = normal(typedLogin);
        Instant began = accounts.now();
        // Both say nothing about the code, so they cost no try.
        if (!chosen.equals(again)) {
            return Entry.refused(Problem.DIFFERENT_PASSWORDS);
        }
        if (!Passwords.isFit(chosen, login)) {
            return Entry.refused(Problem.WEAK_PASSWORD);
        }
        ActivationCode code = ActivationCode.typed(typedCode);
        Optional<Account> account = accounts.byLogin(login);
        try {
            if (!accounts.awaits(login, code)
                    || account.isEmpty()
                    || !accounts.activate(account.get(), code, passwords.hash(chosen))) {
                return wrong(account);
            }
        } catch (Busy busy) {
            return Entry.refused(Problem.BUSY, account);
        }
        log.info("{} has chosen a password", account.get().id());
        return Entry.of(account.get(), began);
    }

    private static Entry wrong(Optional<Account> account) {
        // What was typed is not logged: people type passwords where names belong.
        log.info("Refused a login of {}", account.map(Account::id).orElse("nobody known"));
        return Entry.refused(Problem.WRONG, account);
    }

    private static String normal(String typed) {
        String login = typed.strip().toLowerCase(Locale.ROOT);
        return login.substring(0, Math.min(login.length(), LONGEST_LOGIN));
    }
}
