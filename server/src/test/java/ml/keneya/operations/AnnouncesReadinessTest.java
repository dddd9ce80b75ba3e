package ml.keneya.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

@ExtendWith(OutputCaptureExtension.class)
class AnnouncesReadinessTest {

    @Test
    void saysHowLongTheFirstAnswerTook(CapturedOutput output) {
        start("200");

        assertThat(output)
                .containsPattern("Ready: first /fhir/metadata after \\d+\\.\\d s \\(process start\\)"
                        + " on http://127\\.0\\.0\\.1:\\d+/fhir");
    }

    @Test
    void doesNotCallAFailureReady(CapturedOutput output) {
        start("500");

        assertThat(output).contains("Not ready: http://127.0.0.1:").contains("/fhir/metadata answers 500.");
        assertThat(output).doesNotContain("Ready: first");
    }

    private static void start(String status) {
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(OneAnswer.class).run("--server.port=0", "--status=" + status)) {
            assertThat(context.isRunning()).isTrue();
        }
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({SslAutoConfiguration.class, ServletWebServerFactoryAutoConfiguration.class})
    @Import(AnnouncesReadiness.class)
    static class OneAnswer {

        @Bean
        ServletRegistrationBean<HttpServlet> metadata(Environment environment) {
            int status = environment.getRequiredProperty("status", Integer.class);
            HttpServlet servlet = new HttpServlet() {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                    response.setStatus(status);
                }
            };
            return new ServletRegistrationBean<>(servlet, "/fhir/metadata");
        }
    }
}
