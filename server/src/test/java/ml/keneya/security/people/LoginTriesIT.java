package ml.keneya.security.people;

import static ml.keneya.security.people.Entry.Problem.TOO_MANY_TRIES;
import static ml.keneya.security.people.Entry.Problem.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import ml.keneya.security.TestPerson;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class LoginTriesIT {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.1";

    @Autowired
    Exchange exchange;

    @Autowired
    LetsPeopleIn people;

    @Autowired
    LoginTries tries;

    @Autowired
    Accounts accounts;

    @Test
    @DisplayName("T5: who guesses shuts nobody out who calls from elsewhere")
    void t5_keepsNobodyWaitingElsewhere() {
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        failUntilItWaits(person);

        assertThat(people.byPassword(person.login(), person.password(), HERE).problem())
                .isEqualTo(TOO_MANY_TRIES);
        assertThat(people.byPassword(person.login(), person.password(), ELSEWHERE)
                        .account())
                .isNotNull();
    }

    @Test
    @DisplayName("A reset forgets the failures, and a code is good however often somebody has failed")
    void forgetsFailuresWithAReset() {
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        failUntilItWaits(person);
        ActivationCode code = ActivationCode.make();
        assertThat(accounts.reset(person.login(), code)).isTrue();
        assertThat(people.byPassword(person.login(), "not this one either", HERE)
                        .problem())
                .isEqualTo(WRONG);
        failUntilItWaits(person);

        assertThat(people.byCode(person.login(), code.inGroups(), "un autre long mot", "un autre long mot")
                        .account())
                .isNotNull();
    }

    @Test
    @DisplayName("A try for which nothing was compared does not count")
    void countsNoTryThatWasNone() {
        String login = Exchange.unique("nobody");
        for (int busy = 0; busy < 2 * LoginTries.FREE; busy++) {
            assertThat(tries.begin(login, HERE)).isTrue();
            tries.takeBack(login, HERE);
        }

        assertThat(tries.begin(login, HERE)).isTrue();
    }

    @Test
    @DisplayName("T5: who guesses from many addresses is slowed down too")
    void t5_endsGuessingFromEverywhere() {
        String login = Exchange.unique("nobody");
        for (int network = 0; network < LoginTries.IN_A_DAY; network++) {
            assertThat(tries.begin(login, "network " + network)).isTrue();
        }

        assertThat(tries.begin(login, "another network")).isFalse();
    }

    private void failUntilItWaits(TestPerson person) {
        for (int failure = 0; failure < LoginTries.FREE; failure++) {
            people.byPassword(person.login(), "not this one", HERE);
        }
    }
}
