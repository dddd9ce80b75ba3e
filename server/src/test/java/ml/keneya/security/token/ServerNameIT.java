package ml.keneya.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Links, issuer and audience follow the name that a request calls the server by, so it must be one of its own. */
@KeneyaIntegrationTest
class ServerNameIT {

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/metadata",
                "/fhir/.well-known/smart-configuration",
                "/.well-known/openid-configuration",
                "/oauth2/jwks",
                "/oauth2/token",
                "/operator/clients"
            })
    @DisplayName("Z13: a request that calls the server by another name is answered by no link of that name")
    void z13_answersToNoForeignName(String path) {
        for (String name : new String[] {"evil.example", "127.0.0.2", "localhost.evil.example", "10.0.0.1:8080"}) {
            String answer = ask(path, name, "");
            assertThat(answer).startsWith("HTTP/1.1 421").contains("ML-FHIR-044");
            assertThat(answer.replaceAll("(?s)^.*?\r\n\r\n", "")).doesNotContain(name);
        }
    }

    @Test
    @DisplayName("Z13: the names of the machine itself are its own")
    void z13_answersToItsOwnNames() {
        for (String name : new String[] {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"}) {
            assertThat(ask("/fhir/.well-known/smart-configuration", name, "")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("Z13: what a stranger says of a proxy changes no link")
    void z13_believesNoForwardedName() {
        String told = ask(
                "/fhir/.well-known/smart-configuration",
                "127.0.0.1",
                "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\n"
                        + "X-Forwarded-For: 10.0.0.7\r\nForwarded: host=evil.example;proto=https\r\n");

        assertThat(told)
                .startsWith("HTTP/1.1 200")
                .contains("http://127.0.0.1/oauth2/token")
                .doesNotContain("evil.example")
                .doesNotContain("https://127.0.0.1");
    }

    @Test
    @DisplayName("T5: a form for a token is at most 64 kB long, and says how long it is")
    void t5_readsNoLongForms() {
        String address = TestSystem.root(exchange) + "/oauth2/token";
        String form = "application/x-www-form-urlencoded";
        String large = "grant_type=client_credentials&client_assertion=" + "a".repeat(70_000);

        exchange.send("POST", address, form, BodyPublishers.ofString(large)).hasStatus(413);
        exchange.send(
                        "POST",
                        address,
                        form,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'a', '=', 'b'})))
                .hasStatus(411);
    }

    private String ask(String path, String name, String headers) {
        return exchange.raw("GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\n" + headers, "");
    }
}
