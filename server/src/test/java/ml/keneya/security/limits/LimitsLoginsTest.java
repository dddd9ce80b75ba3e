package ml.keneya.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** T5 and I3: what anybody may send without being known. */
class LimitsLoginsTest {

    private static final FilterChain ANSWERS = (request, response) -> {};

    private final LimitsLogins limits = new LimitsLogins(
            new Allowances(TimeMeter.SYSTEM_MILLISECONDS),
            new ClientLimitsSettings(1200, 6000, 2, 300_000, 150, 20, 600, 5));

    @Test
    @DisplayName(
            "T5: so many login forms of one address, of IPv6 of its network, and no more; from elsewhere they come in")
    void t5_limitsLoginForms() throws Exception {
        for (int form = 0; form < 15; form++) {
            assertThat(send("POST", "2001:db8:1:2::" + form, ANSWERS)).isEqualTo(200);
        }

        assertThat(send("POST", "2001:db8:1:2:ffff::1", ANSWERS)).isEqualTo(429);
        assertThat(send("POST", "2001:db8:1:3::1", ANSWERS)).isEqualTo(200);
        assertThat(send("POST", "192.0.2.1", ANSWERS)).isEqualTo(200);
        assertThat(send("GET", "2001:db8:1:2::1", ANSWERS)).isEqualTo(200);
    }

    @Test
    @DisplayName("I3: one address holds few requests at a time, and all addresses together hold not many")
    void i3_limitsRequestsAtATime() throws Exception {
        List<Integer> inside = new ArrayList<>();

        hold(List.of("192.0.2.1", "192.0.2.1"), () -> inside.add(send("GET", "192.0.2.1", ANSWERS)));
        hold(
                List.of("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2", "192.0.2.3", "192.0.2.3"),
                () -> inside.add(send("GET", "192.0.2.4", ANSWERS)));

        assertThat(inside).containsExactly(429, 503);
        assertThat(send("GET", "192.0.2.1", ANSWERS)).isEqualTo(200);
    }

    @Test
    void tellsSoftwareInItsFormThatThereAreTooMany() throws Exception {
        List<MockHttpServletResponse> refused = new ArrayList<>();

        hold(List.of("192.0.2.1", "192.0.2.1"), () -> {
            refused.add(answer("POST", "/oauth2/token", "192.0.2.1", ANSWERS));
            refused.add(answer("GET", "/oauth2/authorize", "192.0.2.1", ANSWERS));
        });

        assertThat(refused.get(0).getContentType()).isEqualTo("application/json");
        assertThat(refused.get(0).getContentAsString()).contains("\"error\":\"temporarily_unavailable\"");
        assertThat(refused.get(1).getContentType()).startsWith("text/plain");
    }

    private interface Work {

        void run() throws Exception;
    }

    /** Each request is still being answered while the next one comes. */
    private void hold(List<String> addresses, Work work) throws Exception {
        if (addresses.isEmpty()) {
            work.run();
            return;
        }
        send("GET", addresses.get(0), (request, response) -> {
            try {
                hold(addresses.subList(1, addresses.size()), work);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private int send(String method, String address, FilterChain chain) throws Exception {
        return answer(method, "/oauth2/authorize", address, chain).getStatus();
    }

    private MockHttpServletResponse answer(String method, String path, String address, FilterChain chain)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        limits.doFilter(request, response, chain);
        return response;
    }
}
