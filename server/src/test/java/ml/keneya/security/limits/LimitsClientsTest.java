package ml.keneya.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import ml.keneya.fhir.AnswersAheadForTests;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** S8, in part: how many requests of a client are let through, on a clock that the test sets. */
class LimitsClientsTest {

    private static final Caller KATI = site("cscom-kati");
    private static final Caller DIRE = site("cscom-dire");

    private final SetClock clock = new SetClock();
    private final LimitsClients limits = new LimitsClients(
            new Allowances(clock),
            AnswersAheadForTests.inFrench(),
            new ClientLimitsSettings(60, 10, 2, 600, 3, 20, 600, 100));

    @Test
    @DisplayName("S8: a client that asks too often is refused with 429 and told when to come back, and is let in then")
    void s8_refusesWhoAsksTooOftenUntilThen() throws Exception {
        for (int request = 0; request < 10; request++) {
            assertThat(ask(KATI).getStatus()).isEqualTo(200);
        }
        MockHttpServletResponse refused = ask(KATI);

        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentType()).startsWith("application/fhir+json");
        assertThat(refused.getContentAsString()).contains("ML-LIMITS-008", "throttled", "Attendez 1 s");
        clock.passes(Duration.ofSeconds(1));
        assertThat(ask(KATI).getStatus()).isEqualTo(200);
        assertThat(ask(KATI).getStatus()).isEqualTo(429);
    }

    @Test
    @DisplayName("S8: what one client uses up is missing to no other, and not at the machine")
    void s8_countsEachClientAlone() throws Exception {
        for (int request = 0; request < 11; request++) {
            ask(KATI);
        }

        assertThat(ask(KATI).getStatus()).isEqualTo(429);
        assertThat(ask(DIRE).getStatus()).isEqualTo(200);
        assertThat(ask(Caller.local()).getStatus()).isEqualTo(200);
        assertThat(ask(Caller.anonymous()).getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("S8: requests without a token count by address")
    void s8_countsWithoutTokenByAddress() throws Exception {
        for (int request = 0; request < 11; request++) {
            ask(Caller.anonymous(), "196.200.0.1");
        }

        assertThat(ask(Caller.anonymous(), "196.200.0.1").getStatus()).isEqualTo(429);
        assertThat(ask(Caller.anonymous(), "196.200.0.2").getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("S8: a client has so many places at once, gets them back, and takes none from others")
    void s8_limitsWhatRunsAtOnce() throws Exception {
        MockHttpServletResponse[] third = new MockHttpServletResponse[2];
        send(
                KATI,
                () -> send(KATI, () -> {
                    third[0] = ask(KATI);
                    third[1] = ask(DIRE);
                }));

        assertThat(third[0].getStatus()).isEqualTo(429);
        assertThat(third[0].getHeader("Retry-After")).isEqualTo("5");
        assertThat(third[0].getContentAsString()).contains("ML-LIMITS-009");
        assertThat(third[1].getStatus()).isEqualTo(200);
        assertThat(ask(KATI).getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("A request that fails gives its place back")
    void givesPlacesBackAfterFailures() throws Exception {
        for (int request = 0; request < 5; request++) {
            try {
                send(KATI, () -> {
                    throw new IllegalStateException("as a failing handler does");
                });
            } catch (IllegalStateException asWanted) {
                assertThat(asWanted).hasMessage("as a failing handler does");
            }
        }

        assertThat(ask(KATI).getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("A clinic that catches up after weeks offline, as fast as five bundles a second, meets no limit")
    void letsACatchUpThrough() throws Exception {
        SetClock slow = new SetClock();
        LimitsClients usual = new LimitsClients(
                new Allowances(slow),
                AnswersAheadForTests.inFrench(),
                new ClientLimitsSettings(1200, 6000, 16, 300_000, 150, 20, 600, 100));
        for (int bundle = 0; bundle < 20_000; bundle++) {
            slow.passes(Duration.ofMillis(200));
            MockHttpServletResponse answer = new MockHttpServletResponse();
            usual.doFilter(request(KATI, "10.0.0.1"), answer, (request, response) -> {});
            assertThat(answer.getStatus()).isEqualTo(200);
        }
    }

    private MockHttpServletResponse ask(Caller caller) throws Exception {
        return ask(caller, "10.0.0.1");
    }

    private MockHttpServletResponse ask(Caller caller, String address) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        limits.doFilter(request(caller, address), answer, (request, response) -> {});
        return answer;
    }

    private void send(Caller caller, Meanwhile meanwhile) throws Exception {
        limits.doFilter(request(caller, "10.0.0.1"), new MockHttpServletResponse(), (request, response) -> {
            try {
                meanwhile.happens();
            } catch (RuntimeException failed) {
                throw failed;
            } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
    }

    private interface Meanwhile {
        void happens() throws Exception;
    }

    private static MockHttpServletRequest request(Caller caller, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Patient");
        request.setRemoteAddr(address);
        caller.bringTo(request);
        return request;
    }

    private static Caller site(String client) {
        return new Caller(client, client, Role.SITE, Set.of(), null);
    }

    /** Time passes when the test says so. */
    private static final class SetClock implements TimeMeter {

        private long now;

        void passes(Duration time) {
            now += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
