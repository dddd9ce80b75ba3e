package ml.keneya.load.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void readsLinesWhateverEndsThem() throws IOException {
        LineReader lines = reading("un\r\ndeux\n\nquatre", 10);

        assertThat(next(lines)).isEqualTo("un");
        assertThat(next(lines)).isEqualTo("deux");
        assertThat(next(lines)).isEmpty();
        assertThat(next(lines)).isEqualTo("quatre");
        assertThat(lines.number()).isEqualTo(4);
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void skipsALineThatIsTooLongAndGoesOn() throws IOException {
        LineReader lines = reading("123456789\nabc", 5);

        lines.next();
        assertThat(lines.wasTooLong()).isTrue();
        assertThat(next(lines)).isEqualTo("abc");
        assertThat(lines.wasTooLong()).isFalse();
    }

    private static LineReader reading(String text, int longest) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    private static String next(LineReader lines) throws IOException {
        return new String(lines.next().orElseThrow(), StandardCharsets.UTF_8);
    }
}
