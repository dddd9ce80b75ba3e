package ml.keneya.load.terminology;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What a publisher distributes: a file, a folder or an archive. An archive is read where it lies, never unpacked. */
final class Publication implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final List<PublishedFile> files;
    private final @Nullable ZipFile archive;
    private final String name;

    private Publication(String name, List<PublishedFile> files, @Nullable ZipFile archive) {
        this.name = name;
        this.files =
                files.stream().sorted(Comparator.comparing(PublishedFile::name)).toList();
        this.archive = archive;
    }

    static Publication of(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (Files.isDirectory(path)) {
            return new Publication(name, inFolder(path), null);
        }
        if (!Files.isRegularFile(path)) {
            throw new TerminologyException("terminology.no-file", path);
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
            ZipFile archive = new ZipFile(path.toFile());
            return new Publication(name, inArchive(archive), archive);
        }
        return new Publication(
                name,
                List.of(new PublishedFile(name, Files.size(path), () -> buffered(Files.newInputStream(path)))),
                null);
    }

    private static List<PublishedFile> inFolder(Path folder) throws IOException {
        List<PublishedFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.add(new PublishedFile(
                        folder.relativize(path).toString().replace('\\', '/'),
                        Files.size(path),
                        () -> buffered(Files.newInputStream(path))));
            }
        }
        return files;
    }

    private static List<PublishedFile> inArchive(ZipFile archive) {
        List<PublishedFile> files = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = archive.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (!entry.isDirectory()) {
                files.add(new PublishedFile(
                        entry.getName(), entry.getSize(), () -> buffered(archive.getInputStream(entry))));
            }
        }
        return files;
    }

    private static InputStream buffered(InputStream stream) {
        return new BufferedInputStream(stream, BUFFER);
    }

    /** Without folders above it, as the publisher named it. */
    String name() {
        return name;
    }

    List<PublishedFile> files() {
        return files;
    }

    /**
     * Names what is read, so that an interrupted load goes on only with the same files.
     *
     * @param reading the number of the way in which they are read: facts in another order are other pieces
     * @param language that names without one are taken to be in: other facts too
     */
    static String digest(List<PublishedFile> read, int reading, String language) throws IOException {
        MessageDigest digest = sha256();
        digest.update((byte) reading);
        digest.update(language.getBytes(StandardCharsets.UTF_8));
        for (PublishedFile file : read) {
            try (InputStream bytes = new DigestInputStream(file.open(), digest)) {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
