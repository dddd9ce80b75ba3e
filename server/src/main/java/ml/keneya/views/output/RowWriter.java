package ml.keneya.views.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes rows one by one; nothing is kept. */
public interface RowWriter {

    /** @param cells texts, lists of texts or null, in the order of the columns */
    void row(@Nullable Object[] cells) throws IOException;

    /** Writes what must follow the last row and hands everything on; the stream stays open. */
    void finish() throws IOException;
}
