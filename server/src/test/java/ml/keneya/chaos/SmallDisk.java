package ml.keneya.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import ml.keneya.test.Postgres;

/**
 * A disk that can be filled to its last byte, and a PostgreSQL on it: a file system in memory that only the processes
 * of a mount namespace of their own see. Linux asks no rights for it of whoever may have user namespaces that may
 * mount; where they may not, it takes root.
 *
 * <p>What is on it is lost with it.
 */
final class SmallDisk implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    /** Keeps the namespace until its input ends, which it does with this test at the latest. */
    private static final String KEEP =
            "mount -t tmpfs -o size=\"$1\"m,mode=755 tmpfs \"$0\" && echo mounted && exec cat";

    private static final int ROOT = 0;

    private final Path place;
    private final Path log;
    private final boolean asRootOfANamespace;
    private final Process keeper;

    /** To whom the data belong. */
    private int user;

    private int group;

    /** @param place an empty folder; to others than the namespace's processes it stays empty */
    SmallDisk(Path place, int megabytes) {
        this.place = place;
        this.log = place.resolveSibling("small-disk.log");
        try {
            Files.createDirectories(place);
            Optional<Process> ofNamespace = mounted(megabytes, "unshare", "--user", "--map-root-user", "--mount");
            asRootOfANamespace = ofNamespace.isPresent();
            keeper = ofNamespace
                    .or(() -> mounted(megabytes, "unshare", "--mount"))
                    .orElseThrow(() -> new IllegalStateException(
                            "A disk in memory needs user namespaces that may mount (unshare --user --map-root-user"
                                    + " --mount), or root that may, and this machine forbids both: see " + log));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @return nothing when this way is forbidden here */
    private Optional<Process> mounted(int megabytes, String... way) {
        List<String> command = new ArrayList<>(List.of(way));
        command.addAll(List.of("sh", "-c", KEEP, place.toString(), Integer.toString(megabytes)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return process.inputReader().readLine() == null ? Optional.empty() : Optional.of(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Copies a data folder of a PostgreSQL that has been stopped; the original stays as it is. */
    void receive(Path dataFolder) {
        try {
            user = (int) Files.getAttribute(dataFolder, "unix:uid");
            group = (int) Files.getAttribute(dataFolder, "unix:gid");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        mustSucceed(inside("cp", "-a", dataFolder.toString(), data().toString()));
    }

    /** Until it accepts connections. */
    void startDatabase() {
        mustSucceed(asNobody(
                "pg_ctl", "start", "--pgdata=" + data(), "--wait", "--silent", "--timeout=" + PATIENCE_SECONDS));
    }

    /** Without a farewell, when it still runs. */
    void stopDatabase() {
        run(asNobody("pg_ctl", "stop", "--pgdata=" + data(), "--mode=immediate", "--silent"));
    }

    boolean isDatabaseRunning() {
        return run(asNobody("pg_ctl", "status", "--pgdata=" + data(), "--silent")) == 0;
    }

    /** To the last byte. */
    void fill() {
        if (run(inside("dd", "if=/dev/zero", "of=" + balloon(), "bs=4k", "oflag=append", "conv=notrunc")) == 0) {
            throw new IllegalStateException("The disk has no end.");
        }
    }

    void makeRoom() {
        mustSucceed(inside("rm", balloon()));
    }

    @Override
    public void close() {
        stopDatabase();
        keeper.destroy();
    }

    private String balloon() {
        return place.resolve("balloon").toString();
    }

    private Path data() {
        return place.resolve("postgresql");
    }

    /** PostgreSQL refuses to be root, also the root of a namespace, and its data must be its own. */
    private List<String> asNobody(String program, String... words) {
        List<String> command = new ArrayList<>(
                asRootOfANamespace || user == ROOT
                        ? List.of("unshare", "--user")
                        : List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
        command.add(program(program));
        command.addAll(List.of(words));
        return inside(command.toArray(String[]::new));
    }

    private List<String> inside(String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(keeper.pid()), "--mount"));
        if (asRootOfANamespace) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of(words));
        return command;
    }

    private void mustSucceed(List<String> command) {
        if (run(command) != 0) {
            throw new IllegalStateException(command + " failed, see " + log);
        }
    }

    private int run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(new File("/"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end, see " + log);
            }
            return process.exitValue();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** The unpacked programs stand in one folder, named for their version. */
    private static String program(String name) {
        File[] versions = Postgres.binaries().toFile().listFiles(file -> new File(file, "bin").isDirectory());
        if (versions == null || versions.length == 0) {
            throw new IllegalStateException("No PostgreSQL is unpacked in " + Postgres.binaries());
        }
        return versions[0].toPath().resolve("bin").resolve(name).toString();
    }
}
