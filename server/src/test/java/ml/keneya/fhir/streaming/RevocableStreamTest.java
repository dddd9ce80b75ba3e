package ml.keneya.fhir.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import ml.keneya.fhir.RefusedException;
import org.junit.jupiter.api.Test;

class RevocableStreamTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final AtomicLong nanoseconds = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger looks = new AtomicInteger();
    private boolean revoked;

    private final OutputStream stream = new RevocableStream(
            sent,
            () -> {
                looks.incrementAndGet();
                return !revoked;
            },
            nanoseconds::get);

    @Test
    void breaksOffAfterASecond() throws IOException {
        stream.write(new byte[] {1, 2, 3});
        revoked = true;
        stream.write(4);

        nanoseconds.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThatThrownBy(() -> stream.write(5)).isInstanceOf(RefusedException.class);
        assertThat(sent.toByteArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void breaksOffWhoIsFasterByHowMuchHasLeft() throws IOException {
        revoked = true;
        byte[] half = new byte[1 << 19];
        stream.write(half);

        assertThatThrownBy(() -> stream.write(half)).isInstanceOf(RefusedException.class);
        assertThat(sent.size()).isEqualTo(half.length);
    }

    @Test
    void asksNoMoreOftenThanThat() throws IOException {
        for (int second = 0; second < 3; second++) {
            for (int row = 0; row < 100; row++) {
                stream.write(new byte[100]);
            }
            nanoseconds.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(looks).hasValue(2);
        assertThat(sent.size()).isEqualTo(30_000);
    }
}
