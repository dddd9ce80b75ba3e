package ml.keneya.load.bundles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines as bytes, and skips a line that is too long instead of holding it. */
final class LineReader {
    private final InputStream input;
    private final int longest;
    private long number;
    private boolean tooLong;

    LineReader(InputStream input, int longest) {
        this.input = input;
        this.longest = longest;
    }

    /** The next line without its end, or nothing at the end of the file. */
    Optional<byte[]> next() throws IOException {
        int octet = input.read();
        if (octet < 0) {
            return Optional.empty();
        }
        number++;
        tooLong = false;
        var line = new ByteArrayOutputStream();
        for (; octet >= 0 && octet != '\n'; octet = input.read()) {
            if (line.size() >= longest) {
                tooLong = true;
            } else if (octet != '\r') {
                line.write(octet);
            }
        }
        return Optional.of(line.toByteArray());
    }

    long number() {
        return number;
    }

    boolean wasTooLong() {
        return tooLong;
    }
}
