package ml.keneya.load.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import ml.keneya.load.test.ReceivingExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outbox in a process of its own, killed again and again at points that a seed chooses: nothing lost, nothing
 * twice.
 */
class OutboxKillTest {
    private static final long SEED = Long.getLong("keneya.outbox.seed", 20261125);
    private static final int ROUNDS = Integer.getInteger("keneya.outbox.rounds", 8);
    private static final int BUNDLES = 24;

    @TempDir
    Path place;

    /** Where in a delivery the process is killed. */
    private enum Point {
        BEFORE_IT_IS_KEPT,
        KEPT_WITHOUT_ANSWER,
        AFTER_THE_ANSWER
    }

    @Test
    void losesAndDoublesNothing() throws Exception {
        var random = new Random(SEED);
        Path root = place.resolve("boite");
        OutboxFolder folder = OutboxFolder.of(root);
        Map<String, String> texts = new HashMap<>();
        for (int number = 0; number < BUNDLES; number++) {
            String text = bundle(number);
            texts.put("visite-" + number + ".json", text);
            folder.put("visite-" + number, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
        int killed = 0;
        try (var exchange = new ReceivingExchange()) {
            for (int round = 0; round < ROUNDS; round++) {
                Point point = Point.values()[random.nextInt(Point.values().length)];
                killed += roundWithKill(exchange, root, point, 1 + random.nextInt(3), random.nextInt(3)) ? 1 : 0;
                assertThat(filesOf(root))
                        .as("seed %d, round %d, %s", SEED, round, point)
                        .isEqualTo(texts.keySet());
            }
            exchange.objecting((http, delivery) -> false);
            try (var last = child(exchange, root)) {
                assertThat(last.exitStatus()).as(last.remarks()).isZero();
            }

            assertThat(killed).isGreaterThan(ROUNDS / 2);
            assertThat(exchange.kept()).isEqualTo(BUNDLES);
            // Some were offered twice: otherwise the kills struck where nothing could go wrong.
            assertThat(exchange.deliveries().size()).isGreaterThan(BUNDLES);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                assertThat(Files.readString(root.resolve("sent").resolve(text.getKey())))
                        .isEqualTo(text.getValue());
                assertThat(root.resolve("sent").resolve(text.getKey() + ".answer.json"))
                        .isNotEmptyFile();
            }
        }
    }

    /** @return whether the process was killed before it had ended by itself */
    private boolean roundWithKill(ReceivingExchange exchange, Path root, Point point, int delivery, int delay)
            throws Exception {
        var arrived = new AtomicInteger();
        var victim = new ChildProgram[1];
        var ready = new CountDownLatch(1);
        exchange.objecting((http, bundle) -> {
            if (arrived.incrementAndGet() != delivery) {
                return false;
            }
            await(ready);
            switch (point) {
                case BEFORE_IT_IS_KEPT -> victim[0].kill();
                case KEPT_WITHOUT_ANSWER -> {
                    exchange.keep(bundle);
                    victim[0].kill();
                }
                // The answer goes out, and the process dies somewhere between reading it and moving the file.
                case AFTER_THE_ANSWER -> {
                    exchange.take(http, bundle);
                    spin(delay);
                    victim[0].kill();
                }
            }
            return true;
        });
        try (var child = child(exchange, root)) {
            victim[0] = child;
            ready.countDown();
            return child.exitStatus() == 128 + 9;
        }
    }

    private ChildProgram child(ReceivingExchange exchange, Path root) throws IOException {
        return ChildProgram.start(place, "outbox", root.toString(), "--server", exchange.base(), "--once");
    }

    // A few milliseconds of the processor, not a sleep: the kill is to strike while files are written and moved.
    private static void spin(int milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every bundle's file wherever it lies; twice the same is seen as a number in its name. */
    private static Set<String> filesOf(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : IntStream.range(0, 3)
                .mapToObj(index -> root.resolve(new String[] {"", "sent", "refused"}[index]))
                .toList()) {
            try (Stream<Path> files = Files.list(folder)) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("visite[^.]*(\\.\\d+)?\\.json"))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }

    private static String bundle(int number) {
        // Every other one has no identifier: its content names it.
        String identifier =
                number % 2 == 0 ? "\"identifier\":{\"system\":\"urn:x\",\"value\":\"" + number + "\"}," : "";
        return "{\"resourceType\":\"Bundle\"," + identifier
                + "\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"" + number
                + "\"}}]}";
    }
}
