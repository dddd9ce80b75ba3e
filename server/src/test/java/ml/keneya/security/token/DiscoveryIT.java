package ml.keneya.security.token;

import static ml.keneya.security.TestApp.sentBack;
import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import ml.keneya.security.TestApp;
import ml.keneya.security.TestPerson;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is published about tokens is what there is: what is listed works, and what is not listed is refused. */
@KeneyaIntegrationTest
class DiscoveryIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Where a person is known, every word about persons may be asked for. */
    private static final String EVERYTHING = "openid fhirUser profile online_access offline_access user/*.cruds";

    private final String facility = unique("cscom");

    @Autowired
    Exchange exchange;

    private JsonNode smart;
    private JsonNode openid;
    private JsonNode oauth;

    @BeforeEach
    void read() {
        smart = TestSystem.read(exchange.get(".well-known/smart-configuration").hasStatus(200));
        openid = TestSystem.read(
                exchange.get(root() + "/.well-known/openid-configuration").hasStatus(200));
        oauth = TestSystem.read(
                exchange.get(root() + "/.well-known/oauth-authorization-server").hasStatus(200));
    }

    @Test
    void saysTheSameInEveryDocument() {
        assertThat(oauth.fieldNames()).toIterable().allSatisfy(name -> {
            assertThat(smart.path(name)).as(name).isEqualTo(oauth.path(name));
            assertThat(openid.path(name)).as(name).isEqualTo(oauth.path(name));
        });
    }

    @Test
    void answersAtEveryAddressThatItNames() {
        List<String> addresses = new ArrayList<>();
        openid.fields().forEachRemaining(field -> {
            if (field.getKey().endsWith("_endpoint") || field.getKey().endsWith("_uri")) {
                addresses.add(field.getValue().asText());
            }
        });

        assertThat(addresses).hasSizeGreaterThan(4).allSatisfy(address -> {
            assertThat(exchange.get(address).status()).isNotIn(404, 500);
            assertThat(exchange.send("POST", address, FORM, BodyPublishers.noBody())
                            .status())
                    .isNotIn(404, 500);
        });
        CapabilityStatementRestSecurityComponent told = exchange.get("metadata")
                .as(CapabilityStatement.class)
                .getRestFirstRep()
                .getSecurity();
        assertThat(told.getServiceFirstRep().getCodingFirstRep().getCode()).isEqualTo("SMART-on-FHIR");
        assertThat(openid.path("issuer").asText()).isEqualTo(root());
        exchange.get(openid.path("userinfo_endpoint").asText()).hasStatus(401);
        assertThat(TestSystem.read(exchange.get(smart.path("jwks_uri").asText()).hasStatus(200))
                        .path("keys"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.has("d")).isFalse());
        for (String name : List.of("authorize", "token", "revoke")) {
            String endpoint = name.equals("authorize") ? "authorization" : name.equals("revoke") ? "revocation" : name;
            assertThat(told.getExtensionFirstRep()
                            .getExtensionByUrl(name)
                            .getValue()
                            .primitiveValue())
                    .isEqualTo(smart.path(endpoint + "_endpoint").asText());
        }
    }

    @Test
    @DisplayName("CapabilityStatement says whether pages from elsewhere may read; TellsSecurityTest has the other case")
    void tellsWhetherOtherOriginsMayRead() {
        boolean told = exchange.get("metadata")
                .as(CapabilityStatement.class)
                .getRestFirstRep()
                .getSecurity()
                .getCors();

        assertThat(exchange.get("metadata", "Origin", "https://tableau.sante.ml")
                        .header("Access-Control-Allow-Origin")
                        .isPresent())
                .isEqualTo(told);
    }

    @Test
    void grantsEveryScopeThatItLists() {
        TestSystem system = TestSystem.ofSite(exchange, facility);
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", facility));
        TestApp app = TestApp.with(exchange, EVERYTHING);

        assertThat(listed("scopes_supported")).isNotEmpty().allSatisfy(scope -> {
            if (scope.startsWith("system/")) {
                Answer answer = system.ask(system.assertion(claims -> claims), scope);
                assertThat(TestSystem.read(answer.hasStatus(200)).path("scope").asText())
                        .isEqualTo(scope);
            } else {
                String asked = scope.equals("openid") ? scope : "openid " + scope;
                JsonNode tokens =
                        TestSystem.read(app.redeem(app.code(person, asked)).hasStatus(200));
                assertThat(tokens.path("scope").asText().split(" ")).contains(scope);
                assertThat(tokens.has("refresh_token")).isEqualTo(scope.endsWith("_access"));
            }
        });
    }

    @Test
    @DisplayName("What is granted by type or letter is part of a scope that is listed")
    void listsWhatItGrants() {
        TestSystem system = TestSystem.ofSite(exchange, facility);
        for (String scope : List.of("system/Patient.r", "system/Observation.c", "system/*.cu", "system/*.cruds")) {
            system.ask(system.assertion(claims -> claims), scope).hasStatus(200);
            String letters = scope.replaceFirst(".*\\.", "");
            assertThat(listed("scopes_supported"))
                    .filteredOn(listed -> listed.startsWith("system/*."))
                    .anySatisfy(listed -> assertThat(
                                    listed.replaceFirst(".*\\.", "").chars().boxed())
                            .containsAll(letters.chars().boxed().toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"system/*.read", "patient/*.rs", "launch", "launch/patient", "user/*.rs", "openid"})
    void refusesASystemWhatItDoesNotList(String scope) {
        TestSystem system = TestSystem.ofSite(exchange, facility);

        assertThat(error(system.ask(system.assertion(claims -> claims), scope).hasStatus(400)))
                .isEqualTo("invalid_scope");
    }

    @Test
    void givesTokensInEveryWayThatItLists() {
        assertThat(listed("grant_types_supported"))
                .containsExactlyInAnyOrder("client_credentials", "authorization_code", "refresh_token");
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", facility));
        TestApp app = TestApp.with(exchange, EVERYTHING);
        TestSystem system = TestSystem.ofSite(exchange, facility);

        system.ask(system.assertion(claims -> claims), "system/*.rs").hasStatus(200);
        JsonNode tokens = TestSystem.read(
                app.redeem(app.code(person, "openid online_access")).hasStatus(200));
        app.renew(tokens.path("refresh_token").asText()).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "implicit",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "urn:ietf:params:oauth:grant-type:saml2-bearer",
                "unknown"
            })
    void refusesEveryOtherWay(String grant) {
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", facility));
        TestApp app = TestApp.with(exchange, EVERYTHING);
        TestSystem system = TestSystem.ofSite(exchange, facility);
        String assertion = system.assertion(claims -> claims);

        for (Map<String, String> asked : List.of(
                Map.of("client_id", app.id(), "username", person.login(), "password", person.password()),
                Map.of(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion,
                        "assertion",
                        assertion,
                        "subject_token",
                        assertion,
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:jwt"))) {
            Map<String, String> form = new HashMap<>(asked);
            form.put("grant_type", grant);
            form.put("scope", "user/*.rs");
            assertThat(error(app.post("/oauth2/token", form).hasStatus(400))).isEqualTo("unsupported_grant_type");
        }
    }

    @Test
    @DisplayName("A code comes with S256 in the query, and in no other way")
    void takesOnlyTheChallengesAndModesThatItLists() {
        TestApp app = TestApp.with(exchange, EVERYTHING);
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", facility));

        assertThat(listed("code_challenge_methods_supported")).containsExactly("S256");
        assertThat(listed("response_types_supported")).containsExactly("code");
        assertThat(listed("response_modes_supported")).containsExactly("query");
        assertThat(app.code(person, "openid")).isNotBlank();
        assertThat(sentBack(app.ask("openid", wish -> {
                    wish.put("code_challenge_method", "plain");
                    wish.put("code_challenge", app.verifier());
                })))
                .containsEntry("error", "invalid_request");
        for (String mode : List.of("fragment", "form_post", "jwt")) {
            assertThat(sentBack(app.ask("openid", wish -> wish.put("response_mode", mode))))
                    .containsEntry("error", "invalid_request");
        }
        for (String type : List.of("token", "id_token", "code token", "code id_token")) {
            assertThat(app.ask("openid", wish -> wish.put("response_type", type))
                            .hasStatus(400)
                            .body())
                    .doesNotContain("<form");
        }
    }

    @Test
    @DisplayName("Who asks shows an assertion signed with RS384 or ES384, or is an application that can keep no secret")
    void believesClientsOnlyInTheWaysThatItLists() throws JOSEException {
        RSAKey rsa = TestSystem.anRsaKey();
        TestSystem system = TestSystem.registered(exchange, "site", facility, rsa);
        TestSystem other = TestSystem.ofSite(exchange, facility);

        assertThat(listed("token_endpoint_auth_methods_supported")).containsExactly("private_key_jwt", "none");
        assertThat(listed("token_endpoint_auth_signing_alg_values_supported")).containsExactly("RS384", "ES384");
        system.ask(system.signed(JWSAlgorithm.RS384, rsa, claims -> claims), "system/*.rs")
                .hasStatus(200);
        other.ask(other.assertion(claims -> claims), "system/*.rs").hasStatus(200);
        for (JWSAlgorithm unlisted : List.of(
                JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512)) {
            isInvalidClient(system.ask(system.signed(unlisted, rsa, claims -> claims), "system/*.rs"));
        }
        SignedJWT withPublicKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(rsa.getKeyID()).build(),
                system.claims().build());
        withPublicKey.sign(new MACSigner(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        isInvalidClient(system.ask(withPublicKey.serialize(), "system/*.rs"));
        isInvalidClient(system.ask(
                new PlainJWT(new PlainHeader.Builder().build(), system.claims().build()).serialize(), "system/*.rs"));
        String secret = Base64.getEncoder().encodeToString((system.id() + ":secret").getBytes(StandardCharsets.UTF_8));
        String asked = "grant_type=client_credentials&scope=system/*.rs";
        isRefused(exchange.send(
                "POST", token(), FORM, BodyPublishers.ofString(asked), "Authorization", "Basic " + secret));
        isRefused(exchange.send(
                "POST",
                token(),
                FORM,
                BodyPublishers.ofString(asked + "&client_id=" + system.id() + "&client_secret=secret")));
        isRefused(exchange.send("POST", token(), FORM, BodyPublishers.ofString(asked + "&client_id=" + system.id())));
    }

    @Test
    void signsWhatItSaysWithWhatItSays() throws ParseException {
        TestPerson person = TestPerson.ready(exchange, "site", Map.of("facility", facility));
        TestApp app = TestApp.with(exchange, EVERYTHING);
        JsonNode tokens = TestSystem.read(
                app.redeem(app.code(person, "openid profile fhirUser")).hasStatus(200));

        SignedJWT identity = SignedJWT.parse(tokens.path("id_token").asText());
        assertThat(List.of(identity.getHeader().getAlgorithm().getName()))
                .isEqualTo(texts(openid.path("id_token_signing_alg_values_supported")));
        assertThat(texts(openid.path("claims_supported")))
                .containsAll(identity.getJWTClaimsSet().getClaims().keySet().stream()
                        // Of the form, not about the person (RFC 7519, OpenID Connect Core 2).
                        .filter(claim -> !List.of("jti", "azp", "sid", "nbf").contains(claim))
                        .toList());
        app.giveBack(tokens.path("access_token").asText()).hasStatus(200);
        exchange.get("metadata", TestApp.bearer(tokens.path("access_token").asText()))
                .hasStatus(401);
    }

    @Test
    @DisplayName("Each capability of SMART that is listed is there, and what is not there is not listed")
    void hasTheCapabilitiesThatItLists() {
        assertThat(listed("capabilities"))
                .containsExactlyInAnyOrder(
                        "launch-standalone",
                        "authorize-post",
                        "client-public",
                        "client-confidential-asymmetric",
                        "sso-openid-connect",
                        "permission-offline",
                        "permission-online",
                        "permission-user",
                        "permission-v2");
        // The others are walked through above: a code, both kinds of clients, refresh tokens, ID tokens, scopes.
        TestApp app = TestApp.with(exchange, EVERYTHING);
        String address = app.wish("openid", wish -> {});
        Answer page = exchange.send(
                "POST",
                address.replaceFirst("\\?.*", ""),
                FORM,
                BodyPublishers.ofString(address.replaceFirst(".*\\?", "")));
        assertThat(page.hasStatus(200).body()).contains("<form");
        for (String scope : List.of("launch", "launch/patient", "patient/*.rs", "user/*.read")) {
            assertThat(sentBack(app.ask("openid " + scope))).containsEntry("error", "invalid_scope");
        }
    }

    private List<String> listed(String name) {
        return texts(smart.path(name));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private String root() {
        return TestSystem.root(exchange);
    }

    private String token() {
        return root() + "/oauth2/token";
    }

    private static String error(Answer answer) {
        return TestSystem.read(answer).path("error").asText();
    }

    private static void isInvalidClient(Answer answer) {
        answer.hasStatus(401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    private static void isRefused(Answer answer) {
        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
