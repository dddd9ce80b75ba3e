package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ml.keneya.load.outbox.Outbox;
import ml.keneya.load.outbox.OutboxFolder;
import ml.keneya.load.outbox.OutboxServer;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.TokenIssuer;
import ml.keneya.load.tokens.BackendService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of {@link Outbox}, as an EMR of another package would write it. */
class EmrLibraryTest {
    private static final String BUNDLE =
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"identifier\":{\"value\":\"visit\"},\"entry\":[]}";

    @Test
    @DisplayName("An EMR puts a bundle into its outbox folder and sends it with its key, by what is public alone")
    void sendsWithWhatIsPublic(@TempDir Path place) throws Exception {
        try (var exchange = new ReceivingExchange()) {
            TokenIssuer issuer = TokenIssuer.guarding(exchange, true);
            URI base = URI.create(exchange.base());
            var sent = new CountDownLatch(1);

            var folder = OutboxFolder.of(place.resolve("outbox"));
            folder.put("visit-2026-0417", new ByteArrayInputStream(BUNDLE.getBytes(StandardCharsets.UTF_8)));
            var service = BackendService.of(base, TokenIssuer.CLIENT, issuer.keyFile(place), "system/*.cruds");
            try (var outbox = Outbox.open(folder, OutboxServer.at(base, service), status -> {
                if (status.sent() == 1 && status.waiting() == 0) {
                    sent.countDown();
                }
            })) {
                CompletableFuture<Void> running = CompletableFuture.runAsync(outbox::run);
                assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
                outbox.stop();
                running.get(60, TimeUnit.SECONDS);
            }

            assertThat(place.resolve("outbox/sent/visit-2026-0417.json.answer.json"))
                    .exists();
            assertThat(exchange.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.key()).isEqualTo("visit"));
        }
    }
}
