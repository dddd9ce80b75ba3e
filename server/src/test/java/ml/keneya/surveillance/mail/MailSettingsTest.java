package ml.keneya.surveillance.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import ml.keneya.surveillance.mail.MailSettings.Protection;
import org.junit.jupiter.api.Test;

/** What an operator may write, and what keeps a server from starting. */
class MailSettingsTest {

    private static final Map<String, List<String>> LISTS = Map.of("ml02", List.of("drs@example.org"));

    @Test
    void findsTheListOfAPlaceHoweverTheEnvironmentWritesIt() {
        MailSettings settings = settings("smtp.example.org", Protection.STARTTLS, "keneya", "a@example.org", LISTS);

        assertThat(settings.isGiven()).isTrue();
        assertThat(settings.of("ML02")).containsExactly("drs@example.org");
        assertThat(settings.of("ML03")).isEmpty();
    }

    @Test
    void sendsNothingWithoutAHost() {
        assertThat(settings(null, Protection.STARTTLS, null, null, Map.of()).isGiven())
                .isFalse();
        assertThat(settings(" ", Protection.STARTTLS, null, null, Map.of()).isGiven())
                .isFalse();
    }

    @Test
    void refusesToSendAPasswordInTheClearToAnotherMachine() {
        assertThatThrownBy(() -> settings("smtp.example.org", Protection.NONE, "keneya", "a@example.org", LISTS))
                .hasMessageContaining("keneya.mail.protection");
        assertThat(settings("127.0.0.1", Protection.NONE, "keneya", "a@example.org", LISTS)
                        .isGiven())
                .isTrue();
    }

    @Test
    void refusesAServerWithoutASenderOrAnybodyToTell() {
        assertThatThrownBy(() -> settings("smtp.example.org", Protection.TLS, null, null, LISTS))
                .hasMessageContaining("keneya.mail.from");
        assertThatThrownBy(() -> settings("smtp.example.org", Protection.TLS, null, "a@example.org", Map.of()))
                .hasMessageContaining("keneya.mail.recipients");
    }

    private static MailSettings settings(
            String host, Protection protection, String username, String from, Map<String, List<String>> recipients) {
        return new MailSettings(host, 587, protection, username, "secret", null, from, recipients);
    }
}
