package ml.keneya.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTimesTest {
    @TempDir
    Path proc;

    @Test
    void countsThePostmasterItsBuriedAndItsLivingChildren() throws IOException {
        process(70, 1, 100, 50, 2000, 300);
        process(71, 70, 400, 100, 0, 0);
        process(72, 70, 10, 0, 0, 0);
        process(73, 71, 9999, 9999, 0, 0);
        process(80, 1, 7777, 0, 0, 0);

        assertThat(new ProcessTimes(proc).withChildren(70)).isEqualTo(29.6, within(1e-9));
    }

    @Test
    void countsOneProcessAlone() throws IOException {
        process(70, 1, 100, 50, 2000, 300);

        assertThat(new ProcessTimes(proc).of(70)).isEqualTo(1.5, within(1e-9));
        assertThat(new ProcessTimes(proc).of(99)).isNaN();
    }

    @Test
    void countsTheMachineWithoutItsIdleTime() throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu  100 20 30 5000 600 7 8 9 0 0\ncpu0 1 1 1 1\n");

        assertThat(new ProcessTimes(proc).ofMachine()).isEqualTo(1.74, within(1e-9));
    }

    @Test
    void readsTheRealOne() {
        var times = ProcessTimes.ofThisMachine();
        long self = ProcessHandle.current().pid();

        assertThat(times.of(self)).isPositive();
        assertThat(times.residentMebibytes(self)).isGreaterThan(10);
        assertThat(times.ofMachine()).isGreaterThan(times.of(self) / 2);
    }

    // A name may hold blanks and parentheses.
    private void process(int number, int parent, int user, int system, int buriedUser, int buriedSystem)
            throws IOException {
        Path folder = Files.createDirectories(proc.resolve(String.valueOf(number)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (postgres: (a) b) S %d 1 1 0 -1 4194560 1 2 3 4 %d %d %d %d 20 0 1 0 5 6 7"
                        .formatted(number, parent, user, system, buriedUser, buriedSystem));
    }
}
