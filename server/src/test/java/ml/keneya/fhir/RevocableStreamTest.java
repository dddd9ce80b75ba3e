package ml.keneya.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
        assertThatThrownBy(() -> stream.write(6))
                .as("what is written on the way out")
                .isInstanceOf(RefusedException.class);
        assertThat(sent.toByteArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void breaksOffWhoIsFasterByHowMuchHasLeft() throws IOException {
        revoked = true;
        stream.write(new byte[1 << 19]);

        assertThatThrownBy(() -> stream.write(new byte[1 << 20])).isInstanceOf(RefusedException.class);
        assertThat(sent.size()).isBetween(1 << 19, 1 << 20);
    }

    /** What is written at once takes a slow client minutes. */
    @Test
    void breaksOffWithinWhatIsWrittenAtOnce() {
        revoked = true;
        OutputStream slow = new RevocableStream(
                new OutputStream() {
                    @Override
                    public void write(int one) {
                        throw new AssertionError("Not byte by byte.");
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        nanoseconds.addAndGet(Duration.ofMillis(600).toNanos());
                        sent.write(bytes, offset, length);
                    }
                },
                () -> !revoked,
                nanoseconds::get);

        assertThatThrownBy(() -> slow.write(new byte[1 << 19])).isInstanceOf(RefusedException.class);
        assertThat(sent.size()).isEqualTo(1 << 15);
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
