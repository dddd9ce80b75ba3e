package ml.keneya.load.outbox;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * A text as gzip (RFC 1952), compressed while it is read: Java has this only for writing, which would need memory or
 * disk for the whole.
 */
final class GzipBody extends FilterInputStream {
    // Magic, method deflate, no flags, no time, unknown operating system: the same text gives the same bytes.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;

    private final CheckedInputStream text;
    private final Deflater deflater;
    private final InputStream compressed;
    private Part part = Part.HEAD;

    private enum Part {
        HEAD,
        CONTENT,
        TRAIL
    }

    private GzipBody(CheckedInputStream text, Deflater deflater) {
        super(new ByteArrayInputStream(HEADER));
        this.text = text;
        this.deflater = deflater;
        this.compressed = new DeflaterInputStream(text, deflater);
    }

    static InputStream of(InputStream text) {
        return new GzipBody(
                new CheckedInputStream(text, new CRC32()), new Deflater(Deflater.DEFAULT_COMPRESSION, true));
    }

    /** How many bytes it has, read to its end. */
    static long length(InputStream text) throws IOException {
        try (InputStream body = of(text)) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            int bytes = in.read(buffer, offset, length);
            if (bytes >= 0 || part == Part.TRAIL) {
                return bytes;
            }
            next();
        }
    }

    private void next() {
        if (part == Part.HEAD) {
            part = Part.CONTENT;
            in = compressed;
        } else {
            part = Part.TRAIL;
            byte[] trailer = ByteBuffer.allocate(TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) text.getChecksum().getValue())
                    .putInt((int) deflater.getBytesRead())
                    .array();
            in = new ByteArrayInputStream(trailer);
        }
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        text.close();
    }
}
