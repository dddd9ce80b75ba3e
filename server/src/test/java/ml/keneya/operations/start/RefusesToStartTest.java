package ml.keneya.operations.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

@ExtendWith(OutputCaptureExtension.class)
class RefusesToStartTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void onAnAddressThatOthersReach(String address, CapturedOutput output) {
        assertThatThrownBy(() -> start("--server.address=" + address, "--server.port=0"))
                .isInstanceOf(StartRefused.class);

        assertThat(output.getAll().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("L'adresse " + address + " est refusée")
                        .contains("Address " + address + " is refused"));
    }

    /** What is configured by nobody is reached by nobody else. */
    @Test
    void isOnThisMachineAloneUnlessSomebodySaysSo() throws IOException {
        assertThat(new YamlPropertySourceLoader()
                        .load("delivered", new ClassPathResource("application.yml"))
                        .get(0)
                        .getProperty("server.address"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void onAPortThatIsTaken(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start("--server.port=" + taken.getLocalPort()))
                    .isInstanceOf(StartRefused.class);

            assertThat(output.getAll().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("Le port " + taken.getLocalPort() + " est déjà pris")
                            .contains("Port " + taken.getLocalPort() + " is already taken"));
        }
    }

    @Test
    void unlessSomethingInFrontKeepsOthersOut() {
        try (ConfigurableApplicationContext context =
                start("--server.address=0.0.0.0", "--server.port=0", "--keneya.network.exposed=true")) {
            assertThat(context.isRunning()).isTrue();
        }
    }

    @Test
    void asASandboxThatOthersReach(CapturedOutput output, @TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file.pem"));
        String[] encrypted = {
            "--keneya.sandbox=true",
            "--server.port=0",
            "--keneya.tls.certificate=" + file,
            "--keneya.tls.key=" + file,
            "--server.address=0.0.0.0"
        };
        assertThatThrownBy(() -> start(encrypted)).isInstanceOf(StartRefused.class);

        assertThat(output.getAll().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("Un bac à sable n'écoute que sur 127.0.0.1")
                        .contains("A sandbox listens on 127.0.0.1 only"));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @SpringBootConfiguration
    static class Nothing {}
}
