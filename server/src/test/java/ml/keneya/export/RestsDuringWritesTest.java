package ml.keneya.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestsDuringWritesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RestsDuringWrites rests =
            new RestsDuringWrites(new RestSettings(3), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @DisplayName("When nobody delivers, files are read beside one another")
    void readsTogether() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Thread other = reader(both);
        other.start();
        Thread one = reader(both);
        one.start();
        assertThat(both.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        other.join(PATIENCE.toMillis());
        one.join(PATIENCE.toMillis());
    }

    @Test
    @DisplayName("While somebody delivers, a file waits until another one has read its piece")
    void takesTurns() throws InterruptedException {
        rests.follow(List.of());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean firstIsReading = new AtomicBoolean();
        AtomicBoolean together = new AtomicBoolean();
        Thread first = new Thread(() -> read(() -> {
            firstIsReading.set(true);
            begun.countDown();
            await(goOn);
            firstIsReading.set(false);
        }));
        first.start();
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread second = new Thread(() -> read(() -> together.set(firstIsReading.get())));
        second.start();
        while (second.getState() == Thread.State.RUNNABLE || second.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        first.join(PATIENCE.toMillis());
        second.join(PATIENCE.toMillis());
        assertThat(first.isAlive() || second.isAlive()).isFalse();
        assertThat(together).isFalse();
    }

    private Thread reader(CountDownLatch both) {
        return new Thread(() -> read(() -> {
            both.countDown();
            await(both);
        }));
    }

    private void read(RestsDuringWrites.Reading piece) {
        try {
            rests.read(piece);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
