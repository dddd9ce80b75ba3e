package ml.keneya.load.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {
    @TempDir
    Path folder;

    @Test
    void visitsAFolderInTheOrderOfNames() throws IOException {
        write("b.json", "b");
        write("a.json", "a");
        write("c/d.json", "d");

        assertThat(contents(folder)).containsExactly("a", "b", "d");
    }

    @Test
    void leavesOtherFilesOfAFolderAlone() throws IOException {
        write("a.json", "a");
        write("LISEZMOI.md", "bonjour");
        write("verite.csv", "semaine,cas");

        assertThat(contents(folder)).containsExactly("a");
    }

    @Test
    void triesAFileThatWasNamedWhateverItsName() throws IOException {
        assertThat(contents(write("envoi.txt", "a"))).containsExactly("a");
    }

    @Test
    void inflatesCompressedFiles() throws IOException {
        zip("a.json.gz", "a");
        zip("b.ndjson.gz", "b1\nb2\n");

        assertThat(contents(folder)).containsExactly("a", "b1", "b2");
    }

    @Test
    void looksAtTheContentToTellWhetherItIsCompressed() throws IOException {
        zip("a.json", "a");
        write("b.json.gz", "b");

        assertThat(contents(folder)).containsExactly("a", "b");
    }

    @Test
    void findsABundleOnEachLine() throws IOException {
        write("jour.ndjson", "un\n\ntrois\n");

        List<BundleFile> found = visit(folder);

        assertThat(found)
                .extracting(BundleFile::name)
                .containsExactly(folder.resolve("jour.ndjson") + ":1", folder.resolve("jour.ndjson") + ":3");
    }

    @Test
    void tellsOfACompressedFileThatWasCutAndGoesOn() throws IOException {
        Path cut = zip("a.json.gz", "a".repeat(10_000));
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 8));
        write("b.json", "b");

        List<BundleFile> found = visit(folder);

        assertThat(found.get(0)).isInstanceOf(BundleFile.Unreadable.class);
        assertThat(found.get(1)).isInstanceOf(BundleFile.Found.class);
    }

    @Test
    void findsAnEmptyFileToo() throws IOException {
        assertThat(contents(write("vide.json", ""))).containsExactly("");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path zip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (var stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static List<BundleFile> visit(Path path) {
        List<BundleFile> found = new ArrayList<>();
        new BundleFiles(found::add).visit(path);
        return found;
    }

    private static List<String> contents(Path path) {
        return visit(path).stream()
                .map(BundleFile.Found.class::cast)
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .toList();
    }
}
