package ml.keneya.security.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import ml.keneya.security.people.Passwords.Busy;
import ml.keneya.test.AtOnce;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    @DisplayName(
            "T5: only a few wait for their password to be compared; all others hear at once that there are too many")
    void t5_letsFewWait() throws Exception {
        Passwords passwords = new Passwords();

        List<Boolean> wereBusy = AtOnce.send(16, sender -> {
            try {
                passwords.matches("un mot de passe", Optional.empty());
                return false;
            } catch (Busy busy) {
                return true;
            }
        });

        // Two are compared and eight wait, at any moment.
        assertThat(wereBusy).contains(true, false);
    }

    @Test
    @DisplayName("T5: whether there is anybody of that name cannot be told from how long the answer takes")
    void t5_comparesAlsoWhenThereIsNobody() throws Exception {
        Passwords passwords = new Passwords();
        Optional<String> somebodys = Optional.of(passwords.hash("un autre mot de passe"));

        long nobody = quickest(passwords, Optional.empty());
        long somebody = quickest(passwords, somebodys);

        // A comparison that is left out takes a thousandth of one that is made.
        assertThat(nobody).isGreaterThan(somebody / 5);
        assertThat(somebody).isGreaterThan(nobody / 5);
    }

    private static long quickest(Passwords passwords, Optional<String> hash) throws Exception {
        long quickest = Long.MAX_VALUE;
        for (int time = 0; time < 3; time++) {
            long start = System.nanoTime();
            assertThat(passwords.matches("un mot de passe", hash)).isFalse();
            quickest = Math.min(quickest, System.nanoTime() - start);
        }
        return quickest;
    }
}
