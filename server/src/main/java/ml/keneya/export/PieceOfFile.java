package ml.keneya.export;

import java.io.IOException;
import java.io.OutputStream;
import ml.keneya.store.RawVersion;

/** What is ready of a file, until it is enough to be handed on. */
interface PieceOfFile {

    /** @return false when it should be handed on before another is added */
    boolean add(RawVersion version);

    boolean isFull();

    void handOn(OutputStream stream) throws IOException;
}
