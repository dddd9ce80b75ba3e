package ml.keneya.load.upload;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a file of lines into pieces, always in the same places, so that a piece is recognised when it is sent again. */
final class PiecesOfFile implements AutoCloseable {
    private static final int LINES = 500;
    private static final int BYTES = 4 * 1024 * 1024;
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final InputStream stream;
    private long line;

    PiecesOfFile(Path file) throws IOException {
        this.name = file.getFileName().toString();
        InputStream bytes = Files.newInputStream(file);
        this.stream =
                name.endsWith(".gz") ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER)) : buffered(bytes);
    }

    private static InputStream buffered(InputStream bytes) {
        return new BufferedInputStream(bytes, BUFFER);
    }

    /** The next piece; null at the end of the file. */
    @Nullable
    Piece next() throws IOException {
        long first = line + 1;
        var text = new ByteArrayOutputStream();
        int octet = stream.read();
        if (octet < 0) {
            return null;
        }
        for (; octet >= 0; octet = stream.read()) {
            text.write(octet);
            if (octet == '\n') {
                line++;
                if (line - first + 1 == LINES || text.size() >= BYTES) {
                    return new Piece(name, first, line, text.toByteArray());
                }
            }
        }
        // The last line may lack its end.
        byte[] bytes = text.toByteArray();
        if (bytes[bytes.length - 1] != '\n') {
            line++;
        }
        return new Piece(name, first, line, bytes);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
