package ml.keneya.security.token;

import static ml.keneya.test.Exchange.unique;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Machines of clinics, whose clocks are not quite ours. */
@KeneyaIntegrationTest
class ClocksApartIT {

    private static final String READ = "system/Patient.rs";

    @Autowired
    Exchange exchange;

    @Autowired
    SigningKeys keys;

    private final String facility = unique("cscom");

    @Test
    @DisplayName("T1: a clock that is less than a minute away shuts nobody out, nor does it let in longer")
    void t1_allowsAMinuteForTokens() {
        TestSystem site = TestSystem.ofSite(exchange, facility);

        shown(site, -3_600, -40).hasStatus(200);
        shown(site, -3_600, -80).isRefused(401, "ML-FHIR-014");
        shown(site, 40, 200).hasStatus(200);
        shown(site, 80, 200).isRefused(401, "ML-FHIR-014");
    }

    @Test
    @DisplayName("T4: nor is an assertion refused for less than a minute")
    void t4_allowsAMinuteForAssertions() {
        TestSystem site = TestSystem.ofSite(exchange, facility);

        site.ask(site.assertion(claims -> claims.expirationTime(in(-40))), READ).hasStatus(200);
        site.ask(site.assertion(claims -> claims.expirationTime(in(-80))), READ).hasStatus(401);
        site.ask(site.assertion(claims -> claims.notBeforeTime(in(40))), READ).hasStatus(200);
        site.ask(site.assertion(claims -> claims.notBeforeTime(in(80))), READ).hasStatus(401);
        // SMART Backend Services 2.2: no more than five minutes, and the minute.
        site.ask(site.assertion(claims -> claims.expirationTime(in(340))), READ).hasStatus(200);
        site.ask(site.assertion(claims -> claims.expirationTime(in(380))), READ).hasStatus(401);
    }

    /** The answer to a token of ours that is good from and until these seconds from now. */
    private Answer shown(TestSystem site, long from, long until) {
        ECKey ours = keys.all().get(0).toECKey();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(ours.getKeyID())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(TestSystem.root(exchange))
                .subject(site.id())
                .audience(exchange.base())
                .issueTime(in(Math.min(from, 0)))
                .notBeforeTime(in(from))
                .expirationTime(in(until))
                .jwtID(UUID.randomUUID().toString())
                .claim("scope", READ)
                .claim("role", "SITE")
                .claim("facility", facility)
                .build();
        return exchange.get("Patient?_count=1", "Authorization", "Bearer " + TestSystem.sign(header, ours, claims));
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
