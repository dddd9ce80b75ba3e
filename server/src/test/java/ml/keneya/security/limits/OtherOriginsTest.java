package ml.keneya.security.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OtherOriginsTest {

    private static final String LISTED = "https://tableau.sante.ml";

    @Test
    void letsPagesOfAListedOriginRead() throws Exception {
        MockHttpServletResponse answer = ask("GET", LISTED, null);

        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.getHeaders("Access-Control-Expose-Headers").toString())
                .contains("Location");
    }

    @Test
    void tellsABrowserThatAPageOfAListedOriginMayShowAToken() throws Exception {
        MockHttpServletResponse answer = ask("OPTIONS", LISTED, "authorization");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeader("Access-Control-Allow-Headers")).isEqualToIgnoringCase("authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.ml",
                "http://tableau.sante.ml",
                "https://tableau.sante.ml.evil.ml",
                "https://tableau.sante.ml:8443",
                "null"
            })
    void letsNoOthersRead(String origin) throws Exception {
        assertThat(ask("GET", origin, null).getHeader("Access-Control-Allow-Origin"))
                .isNull();
        assertThat(ask("OPTIONS", origin, "authorization").getHeader("Access-Control-Allow-Origin"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*.sante.ml", "tableau.sante.ml", "https://tableau.sante.ml/", "null"})
    void doesNotStartWithWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new CorsSettings(List.of(origin))).hasMessageContaining("keneya.cors.origins");
    }

    /** Its own form comes with the origin "null", because the page sends no referrer. */
    @Test
    void leavesThePageForLoginsAlone() {
        assertThat(OtherOriginsConfiguration.PATHS)
                .contains("/oauth2/token")
                .doesNotContain("/oauth2/*", "/oauth2/authorize", "/*");
    }

    private static MockHttpServletResponse ask(String method, String origin, String header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/fhir/Patient");
        request.addHeader("Origin", origin);
        if (header != null) {
            request.addHeader("Access-Control-Request-Method", "GET");
            request.addHeader("Access-Control-Request-Headers", header);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        OtherOriginsConfiguration.filter(new CorsSettings(List.of(LISTED)))
                .doFilter(request, response, (asked, answered) -> {});
        return response;
    }
}
