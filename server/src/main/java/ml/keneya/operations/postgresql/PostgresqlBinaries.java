package ml.keneya.operations.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import ml.keneya.operations.start.StartRefused;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The programs {@code initdb}, {@code pg_ctl} and {@code postgres}, unpacked once per version from the class path. */
final class PostgresqlBinaries {

    /** The names under which the Maven artefacts keep their archives, by the JVM's name of the processor. */
    private static final Map<String, String> ARCHIVES = Map.of(
            "amd64", "/postgres-linux-x86_64.txz",
            "x86_64", "/postgres-linux-x86_64.txz",
            "aarch64", "/postgres-linux-arm_64.txz");

    /** PostgreSQL may run under another account than the one that unpacks it, whatever that one's umask. */
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-r--r--");

    private static final int EXECUTABLE = 0100;

    private final Path home;

    private PostgresqlBinaries(Path home) {
        this.home = home;
    }

    /** Safe when several processes do it at once: each unpacks beside the target, one of them gets to rename. */
    static PostgresqlBinaries in(Path cacheFolder) throws IOException {
        URL archive = archive();
        Path home = cacheFolder.resolve(fingerprint(archive));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(cacheFolder);
            Path unfinished = Files.createTempDirectory(cacheFolder, ".unfinished-");
            try {
                unpack(archive, unfinished);
                publish(unfinished, home);
            } finally {
                FileTrees.delete(unfinished);
            }
        }
        return new PostgresqlBinaries(home);
    }

    Path home() {
        return home;
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static URL archive() {
        String processor = System.getProperty("os.arch");
        @Nullable
        String name =
                "linux".equals(System.getProperty("os.name").toLowerCase(Locale.ROOT)) ? ARCHIVES.get(processor) : null;
        @Nullable URL archive = name == null ? null : PostgresqlBinaries.class.getResource(name);
        if (archive == null) {
            String system = System.getProperty("os.name") + " " + processor;
            throw new StartRefused(
                    "Aucun PostgreSQL n'est livré pour " + system + " : indiquez une base avec --database-url.",
                    "No PostgreSQL is delivered for " + system + ": name a database with --database-url.");
        }
        return archive;
    }

    /** The checksum stands in the jar's directory, so that a start need not read 15 MB to know the version. */
    private static String fingerprint(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return String.format(Locale.ROOT, "%08x", jar.getJarEntry().getCrc());
        }
        throw new ZipException("The PostgreSQL archive is expected inside a jar: " + archive);
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream stream = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(stream)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, folder);
            }
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path directory : paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setPosixFilePermissions(directory, PROGRAM);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("Entry outside the archive's folder: " + entry.getName());
        }
        // The archive does not list every folder before what lies in it.
        Files.createDirectories(entry.isDirectory() ? target : target.resolveSibling(""));
        if (entry.isDirectory()) {
            return;
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean executable = (entry.getMode() & EXECUTABLE) != 0;
        Files.setPosixFilePermissions(target, executable ? PROGRAM : DATA);
    }

    private static void publish(Path unfinished, Path home) throws IOException {
        FileTrees.flush(unfinished);
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException exception) {
            // Another process was faster; what it unpacked is the same.
            if (!Files.isDirectory(home)) {
                throw exception;
            }
        }
    }
}
