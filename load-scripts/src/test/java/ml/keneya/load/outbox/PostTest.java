package ml.keneya.load.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import ml.keneya.load.bundles.BundleScan;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Wire;
import ml.keneya.load.test.PieceReceiver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {

    @TempDir
    Path place;

    @Test
    @DisplayName("A large bundle goes on where the link broke, also for a sender that knows nothing but the file")
    void sendsALargeFileInPieces() throws Exception {
        Path file = large(place.resolve("grand.json"));

        try (PieceReceiver exchange = new PieceReceiver()) {
            exchange.breakAfter(200_000);
            assertThatThrownBy(() -> send(file, exchange)).isInstanceOf(IOException.class);

            Answer answer = send(file, exchange);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(exchange.uploads()).isEqualTo(1);
            assertThat(exchange.bytesSent())
                    .isEqualTo(exchange.received().length)
                    .isGreaterThan(Post.LARGE);
            assertThat(exchange.announced()).contains("encoding Z3ppcA==");
            try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(exchange.received()))) {
                assertThat(inflated.readAllBytes()).isEqualTo(Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405, 409, 412, 422})
    @DisplayName("A bundle is never called refused because pieces are: it is sent whole")
    void sendsWholeWhereNoPiecesAreTaken(int status) throws Exception {
        Path file = large(place.resolve("grand.json"));
        try (PieceReceiver exchange = new PieceReceiver()) {
            exchange.refuseWith(status);

            assertThat(send(file, exchange).status()).isEqualTo(200);

            assertThat(exchange.whole()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 503})
    @DisplayName("Where pieces are only to come later, the bundle comes later")
    void waitsWherePiecesAreToComeLater(int status) throws Exception {
        Path file = large(place.resolve("grand.json"));
        try (PieceReceiver exchange = new PieceReceiver()) {
            exchange.refuseWith(status);

            assertThat(send(file, exchange).status()).isEqualTo(status);

            assertThat(exchange.whole()).isEmpty();
        }
    }

    /** By chance, so that it stays large when it is compressed. */
    private static String random() {
        return new Random(1)
                .ints(1_500_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Path large(Path file) throws IOException {
        return Files.writeString(
                file,
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Basic\","
                        + "\"language\":\"" + random() + "\"}}]}");
    }

    /** All that a process has which was switched off in between. */
    private static Answer send(Path file, PieceReceiver exchange) throws IOException {
        Wire wire = new Wire(Duration.ofSeconds(20), Locale.FRENCH);
        try (InputStream text = Post.text(file)) {
            return new Post(new FhirBase(URI.create(exchange.base())), wire, null)
                    .send(file, BundleScan.of("grand.json", text));
        }
    }
}
