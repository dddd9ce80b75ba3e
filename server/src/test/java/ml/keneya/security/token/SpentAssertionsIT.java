package ml.keneya.security.token;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import ml.keneya.test.AtOnce;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@KeneyaIntegrationTest
class SpentAssertionsIT {

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("T4: of eight copies of the server that are shown one assertion at once a single one takes it")
    void t4_isSpentOnceOnAllCopies() throws Exception {
        String client = unique("client");
        String assertion = UUID.randomUUID().toString();
        Instant expires = Instant.now().plusSeconds(60);

        assertThat(AtOnce.send(8, copy -> new SpentAssertions(jdbc).spend(client, assertion, expires)))
                .containsOnlyOnce(true)
                .hasSize(8);
        assertThat(new SpentAssertions(jdbc).spend(client, assertion, expires)).isFalse();
        assertThat(new SpentAssertions(jdbc).spend(unique("client"), assertion, expires))
                .as("the same number of another client")
                .isTrue();
    }
}
