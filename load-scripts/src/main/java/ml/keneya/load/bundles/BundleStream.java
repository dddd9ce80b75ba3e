package ml.keneya.load.bundles;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The text of a file as it was meant: inflated, and without a byte order mark. */
public final class BundleStream {
    private static final int BUFFER = 64 * 1024;
    private static final int GZIP_MAGIC = 0x1f8b;
    // Some editors write it, and JSON forbids it.
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private BundleStream() {}

    /** @param file closed with the stream that is returned, or when it cannot be read */
    public static InputStream of(InputStream file) throws IOException {
        try {
            return withoutMark(inflated(new BufferedInputStream(file, BUFFER)));
        } catch (IOException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    // By its first two bytes, because names lie.
    static InputStream inflated(InputStream file) throws IOException {
        file.mark(2);
        int magic = file.read() << 8 | file.read();
        file.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER) : file;
    }

    private static InputStream withoutMark(InputStream text) throws IOException {
        text.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(text.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            text.reset();
        }
        return text;
    }

    static byte[] withoutMark(byte[] text) {
        int length = BYTE_ORDER_MARK.length;
        boolean marked = text.length >= length && Arrays.equals(text, 0, length, BYTE_ORDER_MARK, 0, length);
        return marked ? Arrays.copyOfRange(text, length, text.length) : text;
    }
}
