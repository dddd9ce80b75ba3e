package ml.keneya.operations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlBinariesTest {

    @TempDir
    Path cache;

    @Test
    void unpacksOncePerVersion() throws IOException {
        Path program = Path.of(PostgresqlBinaries.in(cache).program("postgres"));
        FileTime unpacked = Files.getLastModifiedTime(program.getParent().getParent());
        Files.writeString(program.resolveSibling("witness"), "still here");

        PostgresqlBinaries.in(cache);

        assertThat(program.resolveSibling("witness")).exists();
        assertThat(Files.getLastModifiedTime(program.getParent().getParent())).isEqualTo(unpacked);
    }

    @Test
    void twoAtOnceGetTheSameProgramsAndLeaveNothingBehind() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<String> unpack = () -> PostgresqlBinaries.in(cache).program("postgres");
            List<Future<String>> programs = threads.invokeAll(List.of(unpack, unpack));

            assertThat(programs.get(0).get()).isEqualTo(programs.get(1).get());
            assertThat(Path.of(programs.get(0).get())).isExecutable();
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries).hasSize(1);
        }
    }
}
