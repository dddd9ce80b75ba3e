package ml.keneya.operations.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ml.keneya.operations.start.StartRefused;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlClusterTest {

    /** Made once and copied for each test, because creating a database takes longer than all that is tested here. */
    @TempDir
    static Path made;

    /** Outside the checkout, which another account may not be able to reach. */
    @TempDir
    static Path programs;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeOnce() throws IOException {
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresqlCluster.start(made, programs).close();
    }

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> paths = Files.walk(made)) {
            for (Path path : paths.skip(1).toList()) {
                Files.copy(path, folder.resolve(made.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void findsItsDataAgainOnTheSamePort() throws Exception {
        String url;
        try (PostgresqlCluster first = start()) {
            execute(first, "CREATE TABLE kept AS SELECT 'acknowledged' AS word");
            url = first.application().url();
        }

        try (PostgresqlCluster second = start()) {
            assertThat(Queries.ask(second.application(), "SELECT word FROM kept"))
                    .containsExactly("acknowledged");
            assertThat(second.application().url()).isEqualTo(url);
        }
    }

    @Test
    void stopsWhatAKilledProcessLeftRunningAndKeepsItsData() throws Exception {
        Process holder = holdInAnotherProcess();
        Postmaster orphan = Postmaster.of(folder.resolve("postgresql")).orElseThrow();
        holder.destroyForcibly().waitFor();
        assertThat(orphan.isRunning()).isTrue();

        try (PostgresqlCluster cluster = start()) {
            assertThat(orphan.isRunning()).isFalse();
            assertThat(Queries.ask(cluster.application(), "SELECT word FROM kept"))
                    .containsExactly("acknowledged");
        }
    }

    @Test
    void recoversWhenPostgresqlIsKilledToo() throws Exception {
        Process holder = holdInAnotherProcess();
        Postmaster postmaster = Postmaster.of(folder.resolve("postgresql")).orElseThrow();
        holder.destroyForcibly().waitFor();
        ProcessHandle.of(postmaster.processId()).orElseThrow().destroyForcibly();

        try (PostgresqlCluster cluster = start()) {
            assertThat(Queries.ask(cluster.application(), "SELECT word FROM kept"))
                    .containsExactly("acknowledged");
        }
    }

    @Test
    void startsAgainWhatHasEndedByItselfAndNothingElse() throws Exception {
        PostgresqlCluster cluster = start();
        try (cluster) {
            execute(cluster, "CREATE TABLE kept AS SELECT 'acknowledged' AS word");
            String url = cluster.application().url();
            assertThat(cluster.startAgainIfEnded()).isFalse();

            kill();

            assertThat(cluster.startAgainIfEnded()).isTrue();
            assertThat(cluster.application().url()).isEqualTo(url);
            assertThat(Queries.ask(cluster.application(), "SELECT word FROM kept"))
                    .containsExactly("acknowledged");
        }
        assertThat(cluster.startAgainIfEnded()).as("after it was closed").isFalse();
    }

    @Test
    void startsAgainOnItsPortAlsoWhenTheFileThatRemembersItIsEmpty() throws Exception {
        Path remembered = folder.resolve("postgresql.port");
        Path settings = folder.resolve("postgresql/keneya.conf");
        try (PostgresqlCluster cluster = start()) {
            String url = cluster.application().url();
            kill();
            // What a full disk leaves of a file that is written anew.
            Files.writeString(remembered, "");
            Files.setLastModifiedTime(settings, FileTime.fromMillis(0));

            assertThat(cluster.startAgainIfEnded()).isTrue();

            assertThat(cluster.application().url()).isEqualTo(url);
            assertThat(Queries.ask(cluster.application(), "SELECT 1")).containsExactly("1");
            assertThat(remembered).as("nothing is written").isEmptyFile();
            assertThat(Files.getLastModifiedTime(settings).toMillis()).isZero();
        }
    }

    @Test
    void waitsForItsPortWhenAnotherProgramHasTakenIt() throws Exception {
        try (PostgresqlCluster cluster = start()) {
            String url = cluster.application().url();
            int port = Integer.parseInt(Files.readString(folder.resolve("postgresql.port")));
            kill();
            try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(taken.isBound()).isTrue();
                assertThatThrownBy(cluster::startAgainIfEnded)
                        .isInstanceOf(StartRefused.class)
                        .hasMessageContaining("port " + port + " of PostgreSQL is taken");
            }

            assertThat(cluster.startAgainIfEnded()).isTrue();
            assertThat(cluster.application().url()).isEqualTo(url);
            assertThat(Queries.ask(cluster.application(), "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void stopsInTheMiddleOfAnInterruptedStart() throws Exception {
        PostgresqlCluster cluster = start();
        Path database = folder.resolve("postgresql");
        kill();
        // A recovery that takes its time, as after a power cut with much to replay.
        Files.writeString(database.resolve("postgresql.auto.conf"), "restore_command = 'sleep 90'\n");
        Files.createFile(database.resolve("recovery.signal"));
        Thread starting = new Thread(cluster::startAgainIfEnded);
        starting.setUncaughtExceptionHandler((thread, interrupted) -> {});
        starting.start();
        while (!isRunning()) {
            Thread.onSpinWait();
        }

        long begin = System.nanoTime();
        starting.interrupt();
        cluster.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(45));
        assertThat(isRunning()).isFalse();
    }

    @Test
    void refusesAFolderThatAnotherProcessUses() throws Exception {
        Process holder = holdInAnotherProcess();
        try {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("déjà utilisé par le processus " + holder.pid())
                    .hasMessageContaining("already in use by process " + holder.pid())
                    .message()
                    .hasLineCount(1);
        } finally {
            holder.destroyForcibly().waitFor();
            Postmaster.of(folder.resolve("postgresql")).orElseThrow().stop();
        }
    }

    @Test
    void startsWhenAnotherProgramHasTheNumberOfItsPredecessor() throws Exception {
        long thisTest = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("postgresql/postmaster.pid"), thisTest + "\n" + folder + "\n");

        try (PostgresqlCluster cluster = start()) {
            assertThat(Queries.ask(cluster.application(), "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void beginsAgainAfterAnInterruptedCreation() throws Exception {
        FileTrees.delete(folder.resolve("postgresql"));
        Path unfinished = Files.createDirectories(folder.resolve("postgresql.unfinished"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");

        try (PostgresqlCluster cluster = start()) {
            assertThat(Queries.ask(cluster.application(), "SELECT 1")).containsExactly("1");
            assertThat(unfinished).doesNotExist();
        }
    }

    @Test
    void choosesAnotherPortWhenTheRememberedOneIsTaken() throws Exception {
        int remembered = Integer.parseInt(Files.readString(folder.resolve("postgresql.port")));
        try (var taken = new ServerSocket(remembered, 1, InetAddress.getLoopbackAddress());
                PostgresqlCluster cluster = start()) {
            assertThat(taken.isBound()).isTrue();
            assertThat(Queries.ask(cluster.application(), "SHOW port")).doesNotContain(Integer.toString(remembered));
        }
    }

    @Test
    void saysInOneLineWhyPostgresqlDoesNotStart() throws Exception {
        Files.writeString(folder.resolve("postgresql/PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PostgreSQL n'a pas démarré : database files are incompatible with server")
                .message()
                .hasLineCount(1);
    }

    @Test
    @EnabledIf("isRoot") // Nobody else can become another account.
    void asRootWithoutNamespacesItRunsUnderAnAccountWithoutRights() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerAccount account = ServerAccount.unprivileged();

        try (PostgresqlCluster cluster = PostgresqlCluster.start(folder, Optional.of(programs), account)) {
            Postmaster postmaster = Postmaster.of(folder.resolve("postgresql")).orElseThrow();
            assertThat(Files.getAttribute(Path.of("/proc/" + postmaster.processId()), "unix:uid"))
                    .isEqualTo(account.userId())
                    .isNotEqualTo(0);
            assertThat(Queries.ask(cluster.application(), "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    @EnabledIf("isRoot") // Nobody else can become another account.
    void saysSoWhenThatAccountCannotReachTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> PostgresqlCluster.start(folder, Optional.of(programs), ServerAccount.unprivileged()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("choisissez-en un autre avec --data");
    }

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private PostgresqlCluster start() {
        return PostgresqlCluster.start(folder, programs);
    }

    private void kill() throws IOException {
        Postmaster postmaster = Postmaster.of(folder.resolve("postgresql")).orElseThrow();
        ProcessHandle.of(postmaster.processId()).orElseThrow().destroyForcibly();
        while (postmaster.isRunning()) {
            Thread.onSpinWait();
        }
    }

    private boolean isRunning() throws IOException {
        return Postmaster.of(folder.resolve("postgresql"))
                .filter(Postmaster::isRunning)
                .isPresent();
    }

    private Process holdInAnotherProcess() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsACluster.class.getName(),
                        folder.toString(),
                        programs.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(HoldsACluster.READY)) {
                return process;
            }
            lines.add(line);
        }
        throw new AssertionError("The other process ended: " + lines);
    }

    private static void execute(PostgresqlCluster cluster, String command) throws SQLException {
        try (Connection connection = cluster.application().open();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
