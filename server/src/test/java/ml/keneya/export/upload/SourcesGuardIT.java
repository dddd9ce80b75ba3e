package ml.keneya.export.upload;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import ml.keneya.export.upload.OpensSources.Opened;
import ml.keneya.export.upload.OpensSources.SourceException;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.TestSources;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

/** Where the exchange lets itself be sent, whatever a name stands for. */
@KeneyaIntegrationTest
class SourcesGuardIT {

    @Autowired
    StreamedBodies bodies;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/files/{name}",
                "http://localhost:{port}/files/{name}",
                "https://127.0.0.1:{port}/files/{name}",
                "https://localhost:{port}/files/{name}"
            })
    @DisplayName(
            "O1: a name that leads into the private network leads nowhere, also when the operator allowed the name")
    void o1_callsNoPrivateAddress(String address) {
        String name = unique("people");
        TestSources.serve(name, "{}");
        URI source = URI.create(
                address.replace("{port}", String.valueOf(TestSources.port())).replace("{name}", name));

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> open(source, false, false))
                .matches(SourceException::isLasting);

        assertThat(TestSources.requestsOf("/files/" + name)).isEmpty();
    }

    @Test
    void fetchesInASandboxFromItsOwnMachine() throws IOException {
        URI source = URI.create(TestSources.serve(unique("people"), "{}"));

        try (Opened opened = open(source, false, true)) {
            assertThat(new String(opened.lines().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{}");
        }
    }

    @Test
    void takesNoMoreThanIsAllowed() throws IOException {
        URI source = URI.create(TestSources.serve(unique("people"), "x".repeat(5_000)));

        try (Opened opened = open(source, false, true)) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> opened.lines().readAllBytes())
                    .matches(refused -> refused.refusals().get(0).code() == RefusalCode.TOO_LARGE);
        }
    }

    /** It ends where the connection does, also when that breaks. */
    @Test
    void readsNothingOfWhichNobodyCanTellWhetherItIsWhole() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerWithoutLength(server));

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> open(
                            URI.create("http://127.0.0.1:" + server.getLocalPort() + "/files/people"), false, true))
                    .matches(SourceException::isLasting)
                    .withMessageContaining("Content-Length");
            answered.join();
        }
    }

    private static void answerWithoutLength(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+ndjson\r\n\r\n{}\n"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    void saysThatAnotherTryMayHelpWhenNobodyAnswers() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> open(URI.create("http://127.0.0.1:1/files/people"), false, true))
                .matches(fault -> !fault.isLasting());
    }

    @Test
    void allowsNothingUnlessTheOperatorSaysSo() {
        AllowedSources nothing = new AllowedSources(settings(List.of(), false));

        assertThat(nothing.isEmpty()).isTrue();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> nothing.check("https://data.example.org/people.ndjson"))
                .matches(refused -> refused.refusals().get(0).code() == RefusalCode.IMPORT_SOURCE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AllowedSources(settings(List.of("data.example.org"), false)))
                .withMessageContaining("keneya.import.sources");
    }

    @Test
    void allowsOneFileAsWellAsAFolder() {
        AllowedSources sources = new AllowedSources(
                settings(List.of("https://Data.example.org/people.ndjson", "https://b.org/x"), false));

        assertThat(sources.check("https://data.example.org:443/people.ndjson")).isNotNull();
        assertThat(sources.check("https://b.org/x/y.ndjson?version=2")).isNotNull();
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> sources.check("https://b.org/xy.ndjson"));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> sources.check("http://b.org/x/y.ndjson"));
    }

    private Opened open(URI source, boolean privateAddresses, boolean sandbox) throws SourceException {
        return new OpensSources(
                        bodies,
                        settings(List.of(TestSources.allowed()), privateAddresses),
                        new TryingOutSettings(sandbox))
                .open(source);
    }

    private static ImportSettings settings(List<String> sources, boolean privateAddresses) {
        return new ImportSettings(DataSize.ofBytes(1_000), 100, sources, privateAddresses, Duration.ofHours(1));
    }
}
