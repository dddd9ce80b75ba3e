package ml.keneya.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ml.keneya.load.test.ChildProgram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory generating needs does not depend on how many people are generated. */
class GenerateMemoryTest {
    private static final String HEAP = "-Xmx48m";
    private static final long HEAP_BYTES = 48L << 20;
    private static final Pattern PATIENT = Pattern.compile("\"resourceType\":\"Patient\"");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"10000, bundles", "50000, records"})
    @DisplayName(
            "Ten thousand people as bundles and fifty thousand as records are written with a small heap that could hold neither")
    void isSmall(int people, String form) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        try (ChildProgram program = ChildProgram.startWith(
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", HEAP),
                "generate",
                "--patients=" + people,
                "--from=2025-11-02",
                "--threads=2",
                "--as=" + form,
                "--out=" + out)) {
            assertThat(program.exitStatus(300)).as(program.remarks()).isZero();
        }

        long patients = 0;
        long size = 0;
        try (Stream<Path> files = Files.list(out.resolve(form))) {
            for (Path file : files.toList()) {
                size += Files.size(file);
                try (Stream<String> lines = Files.lines(file)) {
                    patients += lines.mapToLong(GenerateMemoryTest::patients).sum();
                }
            }
        }
        assertThat(patients).isGreaterThanOrEqualTo(people);
        assertThat(size).isGreaterThan(HEAP_BYTES);
    }

    /** A bundle may bring an earlier person up to date, so that there can be more than people. */
    private static long patients(String line) {
        return PATIENT.matcher(line).results().count();
    }
}
