package ml.keneya.load.exchange;

import java.io.IOException;
import java.nio.file.Path;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.ExplainedException;
import ml.keneya.load.tokens.BackendService;
import ml.keneya.load.tokens.Credentials;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a program shows an exchange with access control who it is. */
public final class KeyOptions {
    @Option(names = "--key", paramLabel = "FILE", descriptionKey = "key", defaultValue = "${env:KENEYA_KEY}")
    private @Nullable Path key;

    @Option(names = "--client", paramLabel = "ID", descriptionKey = "client", defaultValue = "${env:KENEYA_CLIENT}")
    private @Nullable String client;

    @Option(names = "--scope", paramLabel = "SCOPE", descriptionKey = "scope", defaultValue = "system/*.cruds")
    private String scope = "";

    /** A key that cannot be used. */
    private static final class UnusableKeyException extends ExplainedException {
        private UnusableKeyException(@Nullable Throwable cause, String messageKey, Object... values) {
            super(ExitStatus.MISUSED, cause, messageKey, values);
        }
    }

    /** Nothing to show where no key was given. */
    public Credentials credentials(FhirBase base) {
        if (key == null) {
            return Credentials.NONE;
        }
        if (client == null || client.isBlank()) {
            throw new UnusableKeyException(null, "key.no-client");
        }
        try {
            return BackendService.of(base.uri(), client, key, scope);
        } catch (IOException unreadable) {
            throw new UnusableKeyException(
                    unreadable, "key.unreadable", key, unreadable.getClass().getSimpleName());
        } catch (IllegalArgumentException unusable) {
            throw new UnusableKeyException(unusable, "key.unusable", key);
        }
    }
}
