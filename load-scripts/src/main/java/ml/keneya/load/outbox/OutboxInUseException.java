package ml.keneya.load.outbox;

import java.io.IOException;
import java.nio.file.Path;

/** Another outbox works on this folder. */
public final class OutboxInUseException extends IOException {
    OutboxInUseException(Path folder) {
        super(folder.toString());
    }
}
