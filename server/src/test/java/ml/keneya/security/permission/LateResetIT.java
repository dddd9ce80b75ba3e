package ml.keneya.security.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.people.Entry;
import ml.keneya.security.people.LetsPeopleIn;
import ml.keneya.security.people.Secret;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class LateResetIT {

    @Autowired
    Exchange exchange;

    @Autowired
    LetsPeopleIn people;

    @Autowired
    Permissions permissions;

    @Test
    @DisplayName("T2: a reset ends the login that is under way with the old password")
    void t2_endsALoginUnderWay() {
        TestApp app = TestApp.with(exchange, "openid");
        TestPerson person = TestPerson.ready(exchange, "auditor", Map.of());
        Entry entry = people.byPassword(person.login(), person.password(), "192.0.2.1");
        Permission before = permission(entry, app);
        permissions.begin(before, Secret.hash(before.id() + "code"));
        assertThat(permissions.isGood(before.id())).isTrue();

        person.reset();
        Permission late = permission(entry, app);
        permissions.begin(late, Secret.hash(late.id() + "code"));

        assertThat(permissions.isGood(late.id())).isFalse();
        assertThat(permissions.byId(late.id())).isEmpty();
    }

    private static Permission permission(Entry entry, TestApp app) {
        return new Permission(
                UUID.randomUUID(),
                entry.account().id(),
                app.id(),
                Set.of("openid"),
                "https://example.ml/retour",
                "challenge",
                null,
                entry.began(),
                Instant.now().plusSeconds(60),
                false,
                null);
    }
}
