package ml.keneya.load.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs put into an outbox. */
class OutboxFolderTest {

    @TempDir
    Path root;

    @Test
    void findsAFreeNameForWhatIsPut() throws IOException {
        OutboxFolder folder = OutboxFolder.of(root);

        assertThat(folder.put("a", content()).getFileName()).hasToString("a.json");
        assertThat(folder.put("a", content()).getFileName()).hasToString("a.2.json");
        assertThatThrownBy(() -> folder.put("../a", content())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folder.put("b", brokenOff())).isInstanceOf(IOException.class);

        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrder("a.json", "a.2.json");
        }
    }

    private static InputStream content() {
        return new ByteArrayInputStream(new byte[] {'{', '}'});
    }

    private static InputStream brokenOff() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }
}
