package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory generating needs does not depend on how many people are generated. */
class GenerateMemoryTest {
    private static final String HEAP = "-Xmx48m";
    private static final long HEAP_BYTES = 48L << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {10_000, 50_000})
    @DisplayName("Ten and fifty thousand people are written with the same small heap, which could not hold either")
    void isConstant(int people) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        try (ChildProgram program = ChildProgram.startWith(
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", HEAP),
                "generate",
                "--patients=" + people,
                "--from=2025-11-02",
                "--threads=2",
                "--as=records",
                "--out=" + out)) {
            assertThat(program.exitStatus(300)).as(program.remarks()).isZero();
        }

        try (Stream<String> written = Files.lines(out.resolve("records/Patient.ndjson"))) {
            assertThat(written.count()).isEqualTo(people);
        }
        long size = 0;
        try (Stream<Path> files = Files.list(out.resolve("records"))) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        assertThat(size).isGreaterThan(HEAP_BYTES);
    }
}
