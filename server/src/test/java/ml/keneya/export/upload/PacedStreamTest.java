package ml.keneya.export.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import ml.keneya.export.upload.OpensSources.SourceException;
import org.junit.jupiter.api.Test;

class PacedStreamTest {

    private static final int SECONDS_A_PIECE = 50;

    private final AtomicLong now = new AtomicLong();

    @Test
    void givesASourceUpThatOnlyDribbles() {
        InputStream dribbling = stream(10);

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> readPieces(dribbling, 10))
                .matches(fault -> !fault.isLasting());
    }

    @Test
    void waitsForASlowLink() throws IOException {
        assertThat(readPieces(stream(PacedStream.LEAST_BYTES_A_SECOND * SECONDS_A_PIECE), 100))
                .isEqualTo(100);
    }

    @Test
    void doesNotCountTheTimeInWhichLinesAreDelivered() throws IOException {
        InputStream quick = new PacedStream(InputStream.nullInputStream(), now::get);

        now.addAndGet(TimeUnit.HOURS.toNanos(2));

        assertThat(quick.read()).isEqualTo(-1);
    }

    /** Each piece comes after some time. */
    private InputStream stream(int bytesOfAPiece) {
        InputStream source = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(SECONDS_A_PIECE));
                return Math.min(length, bytesOfAPiece);
            }
        };
        return new PacedStream(source, now::get);
    }

    private static int readPieces(InputStream stream, int pieces) throws IOException {
        byte[] target = new byte[1 << 16];
        for (int piece = 0; piece < pieces; piece++) {
            assertThat(stream.read(target, 0, target.length)).isPositive();
        }
        return pieces;
    }
}
