package ml.keneya.export.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads an upload line by line; of a line that is too long nothing is kept in memory. */
final class LinesOfUpload {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream stream;
    private final long longest;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long number;

    LinesOfUpload(InputStream stream, long longest) {
        this.stream = stream;
        this.longest = longest;
    }

    /** The next line that is not empty; null at the end. */
    @Nullable
    UploadedLine next() throws IOException {
        while (fill()) {
            line.reset();
            boolean tooLong = readLine();
            number++;
            if (tooLong) {
                return UploadedLine.tooLong(number);
            }
            byte[] text = stripped(line.toByteArray());
            if (text.length > 0) {
                return UploadedLine.of(number, text);
            }
        }
        return null;
    }

    private boolean readLine() throws IOException {
        boolean tooLong = false;
        while (fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            tooLong |= line.size() + (end - position) > longest;
            if (!tooLong) {
                line.write(buffer, position, end - position);
            }
            boolean ended = end < limit;
            position = ended ? end + 1 : end;
            if (ended) {
                break;
            }
        }
        return tooLong;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            int read = stream.read(buffer, 0, buffer.length);
            if (read < 0) {
                return false;
            }
            position = 0;
            limit = read;
        }
        return true;
    }

    private byte[] stripped(byte[] text) {
        int from = number == 1 && Arrays.mismatch(text, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length
                ? BYTE_ORDER_MARK.length
                : 0;
        int to = text.length;
        while (to > from && text[to - 1] <= ' ' && text[to - 1] >= 0) {
            to--;
        }
        return Arrays.copyOfRange(text, from, to);
    }
}
