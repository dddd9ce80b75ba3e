package ml.keneya.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@KeneyaIntegrationTest
class KeysOfCopiesIT {

    @Autowired
    SigningKeys keys;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    @DisplayName("Another copy of the server believes a new key at once")
    void believesNewKeysOfOtherCopies() throws Exception {
        SigningKeys ofAnotherCopy = new SigningKeys(jdbc, new TransactionTemplate(transactions));
        ofAnotherCopy.all();

        keys.rotate();
        String signing = keys.signing().get(0).getKeyID();

        assertThat(new TokenEndpointConfiguration()
                        .publishedKeys(ofAnotherCopy)
                        .get(
                                new JWKSelector(
                                        new JWKMatcher.Builder().keyID(signing).build()),
                                null))
                .hasSize(1);
    }
}
