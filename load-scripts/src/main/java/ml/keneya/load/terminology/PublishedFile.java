package ml.keneya.load.terminology;

import java.io.IOException;
import java.io.InputStream;

/**
 * One file, alone, in a folder or in an archive.
 *
 * @param name with the folders it stands in
 * @param size in bytes
 */
record PublishedFile(String name, long size, Opening opening) {
    /** Opens it anew. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    String baseName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    InputStream open() throws IOException {
        return opening.open();
    }
}
