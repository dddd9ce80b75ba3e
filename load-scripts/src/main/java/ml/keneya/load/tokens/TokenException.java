package ml.keneya.load.tokens;

import java.io.IOException;

/** The token server answered, and did not give a token. */
public final class TokenException extends IOException {
    private final boolean passing;

    /** @param passing whether the same request may succeed later */
    TokenException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    public boolean isPassing() {
        return passing;
    }
}
