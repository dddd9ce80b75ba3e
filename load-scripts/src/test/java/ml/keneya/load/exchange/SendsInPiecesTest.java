package ml.keneya.load.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import ml.keneya.load.exchange.SendsInPieces.Whole;
import ml.keneya.load.test.PieceReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendsInPiecesTest {
    private static final int PIECE = 1_000;

    private final byte[] bundle = new byte[10_300];
    private PieceReceiver exchange;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(bundle);
        exchange = new PieceReceiver();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void bringsAllOfItInPieces() throws Exception {
        Answer last = send(bundle);

        assertThat(last.status()).isEqualTo(202);
        assertThat(last.headers().firstValue("Content-Location")).hasValue(exchange.outcome());
        assertThat(exchange.received()).isEqualTo(bundle);
        assertThat(exchange.bytesSent()).isEqualTo(bundle.length);
        assertThat(exchange.announced())
                .contains("encoding Z3ppcA==", "facility csref-kita", "key one", "length 10300")
                .doesNotContain("Content-Encoding");
    }

    @Test
    void sendsNothingAgainThatHadArrivedWhenTheLinkBroke() throws Exception {
        exchange.breakAfter(4_700);
        assertThatThrownBy(() -> send(bundle)).isInstanceOf(IOException.class);
        exchange.breakAfter(3_100);
        assertThatThrownBy(() -> send(bundle)).isInstanceOf(IOException.class);

        send(bundle);

        assertThat(exchange.received()).isEqualTo(bundle);
        // Of a piece that broke what had arrived counts; the stand-in keeps all that it has read.
        assertThat(exchange.bytesSent()).isEqualTo(bundle.length);
        assertThat(exchange.uploads()).isEqualTo(1);
    }

    @Test
    void goesOnWhereTheExchangeSaysWhenAnotherHasSentAPart() throws Exception {
        exchange.letAnotherSend(bundle, 2_500);

        send(bundle);

        assertThat(exchange.received()).isEqualTo(bundle);
    }

    @Test
    void givesBackWhatRefusesIt() throws Exception {
        exchange.refuseWith(413);
        assertThat(send(bundle).status()).isEqualTo(413);

        exchange.refuseWith(503);
        assertThat(send(bundle).asksToComeBack()).isTrue();
    }

    @Test
    void isNotSentElsewhere() throws Exception {
        exchange.pretendToBe("http://192.0.2.1:9");

        send(bundle);

        assertThat(exchange.received()).isEqualTo(bundle);
    }

    @Test
    void doesNotTakeAShorterFileForTheWhole() {
        Whole cut =
                new Whole(() -> new ByteArrayInputStream(bundle, 0, 5_000), bundle.length, "0".repeat(64), Map.of());

        assertThatThrownBy(() -> client().send(cut)).isInstanceOf(IOException.class);
    }

    private Answer send(byte[] bytes) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Map<String, String> headers =
                Map.of("Content-Encoding", "gzip", "Keneya-Facility", "csref-kita", "Idempotency-Key", "one");
        return client().send(new Whole(() -> new ByteArrayInputStream(bytes), bytes.length, digest, headers));
    }

    private SendsInPieces client() {
        Wire wire = new Wire(Duration.ofSeconds(20), Locale.FRENCH);
        return new SendsInPieces(new FhirBase(URI.create(exchange.base())), wire, PIECE);
    }
}
