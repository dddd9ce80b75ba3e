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
}
