package ml.keneya.load.outbox;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ReceivingExchange.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox in a process of its own, with little memory and with a disk that takes no more. */
class OutboxLimitsTest {
    /** More than are held at once. */
    private static final int FILES = 1500;

    /** Megabytes. */
    private static final int LARGE = 20;

    @TempDir
    Path place;

    private ReceivingExchange exchange;
    private Path root;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        root = place.resolve("boite");
        OutboxFolder.of(root);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    @DisplayName(
            "1 500 files and a bundle of 20 MB pass with 32 MB of memory, oldest first, and one line says how it stands")
    void passesWithLittleMemory() throws Exception {
        for (int number = 0; number < FILES; number++) {
            Path file = Files.writeString(root.resolve("visite-" + number + ".json"), bundle(number));
            // The names say nothing of the order.
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L - number * 1000L));
        }
        Path large = root.resolve("grand.json");
        // By chance, so that it stays large when it is compressed.
        String megabyte = new Random(1)
                .ints(1024 * 1024, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String entry = ",{\"resource\":{\"resourceType\":\"Basic\",\"language\":\"" + megabyte + "\"}}";
        try (BufferedWriter text = Files.newBufferedWriter(large)) {
            text.write(bundle(FILES).replace("]}", entry.repeat(LARGE) + "]}"));
        }
        Files.setLastModifiedTime(large, FileTime.fromMillis(1_700_000_001_000L));

        try (var child = ChildProgram.start(
                place, List.of(), "-Xmx32m", "outbox", root.toString(), "--server", exchange.base(), "--once")) {
            assertThat(child.exitStatus()).as(child.remarks()).isZero();

            assertThat(child.results()).contains("Envoyés : 1501 · refusés : 0 · restent : 0");
            assertThat(child.remarks()).contains("1500 en attente · 1 envoyés · 0 refusés");
        }
        assertThat(exchange.deliveries())
                .extracting(Delivery::key)
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.range(0, FILES).mapToObj(number -> FILES - 1 - number), Stream.of(FILES))
                        .map(String::valueOf)
                        .toList());
        assertThat(root.resolve("sent/grand.json.answer.json")).isNotEmptyFile();
    }

    @Test
    @DisplayName(
            "When the answer does not fit on the disk, the bundle stays, the reason is said, and nothing is doubled")
    void keepsTheBundleWhenTheAnswerDoesNotFit() throws Exception {
        Files.writeString(root.resolve("visite.json"), bundle(1));
        String answer = "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":["
                + "{\"response\":{\"status\":\"201 Created\",\"location\":\"Patient/" + "x".repeat(100_000) + "\"}}]}";
        exchange.objecting((http, delivery) -> {
            exchange.keep(delivery);
            answer(http, 200, answer);
            return true;
        });
        String[] command = {"outbox", root.toString(), "--server", exchange.base(), "--once", "--attempts", "2"};

        // A process that may write no file above 32 kB meets what a full disk does: a write that fails in its midst.
        try (var child =
                ChildProgram.start(place, List.of("sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"), "-Xmx64m", command)) {
            assertThat(child.exitStatus()).as(child.remarks()).isEqualTo(4);
            assertThat(child.remarks())
                    .contains("le dossier ne peut être lu ou écrit")
                    .doesNotContain("\tat ");
            assertThat(child.results()).contains("Envoyés : 0 · refusés : 0 · restent : 1");
        }
        assertThat(root.resolve("visite.json")).hasContent(bundle(1));
        assertThat(root.resolve("sent/visite.json.answer.json")).doesNotExist();

        try (var child = ChildProgram.start(place, command)) {
            assertThat(child.exitStatus()).as(child.remarks()).isZero();
        }
        assertThat(root.resolve("sent/visite.json.answer.json")).hasContent(answer);
        assertThat(exchange.kept()).isEqualTo(1);
    }

    private static String bundle(int number) {
        return "{\"resourceType\":\"Bundle\",\"identifier\":{\"system\":\"urn:x\",\"value\":\"" + number
                + "\"},\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}]}";
    }
}
