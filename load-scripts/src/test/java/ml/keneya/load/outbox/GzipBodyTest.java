package ml.keneya.load.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipBodyTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 100_000, 3_000_000})
    void isInflatedToTheSameText(int size) throws IOException {
        byte[] text = new byte[size];
        new Random(size).nextBytes(text);

        byte[] body;
        try (InputStream stream = GzipBody.of(new ByteArrayInputStream(text))) {
            body = stream.readAllBytes();
        }

        assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
                .isEqualTo(text);
        assertThat(GzipBody.length(new ByteArrayInputStream(text))).isEqualTo(body.length);
    }

    @org.junit.jupiter.api.Test
    void isSmallerThanJson() throws IOException {
        byte[] text = "{\"resourceType\":\"Patient\"},".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(GzipBody.length(new ByteArrayInputStream(text))).isLessThan(text.length / 20);
    }
}
