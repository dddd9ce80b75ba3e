package ml.keneya.operations.start;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/** Whose word counts about where a request comes from. */
class TrustedProxiesTest {

    @Test
    @DisplayName("Z13: forwarded headers of an address that is not listed are ignored")
    void z13_ignoresForwardedHeadersOfStrangers() throws Exception {
        assertThat(seenBy("--keneya.network.trusted-proxies=")).isEqualTo("127.0.0.1 http 127.0.0.1");
        assertThat(seenBy("--keneya.network.trusted-proxies=192.0.2.9,127.0.0.10"))
                .isEqualTo("127.0.0.1 http 127.0.0.1");
        // A dot is a dot.
        assertThat(seenBy("--keneya.network.trusted-proxies=127.0.0.")).isEqualTo("127.0.0.1 http 127.0.0.1");
    }

    @Test
    @DisplayName("Z13: those of a listed proxy are believed, but not what a client put before them")
    void z13_believesAListedProxy() throws Exception {
        assertThat(seenBy("--keneya.network.trusted-proxies=127.0.0.1"))
                .isEqualTo("198.51.100.7 https exchange.example.ml");
    }

    /** What a server sees of a request that a proxy has passed on: who asks, how, and for whom. */
    private static String seenBy(String setting) throws IOException, InterruptedException {
        try (var server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Tells.class)
                .web(WebApplicationType.SERVLET)
                .run("--server.port=0", setting)) {
            URI address = URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + "/");
            HttpRequest request = HttpRequest.newBuilder(address)
                    // The client claimed to be at the machine; the proxy added whom it saw.
                    .header("X-Forwarded-For", "127.0.0.1, 198.51.100.7")
                    .header("X-Forwarded-Proto", "https")
                    .header("X-Forwarded-Host", "exchange.example.ml")
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        EmbeddedWebServerFactoryCustomizerAutoConfiguration.class
    })
    static class Tells {

        @Bean
        ServletRegistrationBean<HttpServlet> tells() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            response.getWriter()
                                    .write(request.getRemoteAddr() + " " + request.getScheme() + " "
                                            + request.getServerName());
                        }
                    },
                    "/");
        }
    }
}
