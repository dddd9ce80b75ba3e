package ml.keneya.load.tokens;

import java.io.IOException;
import java.util.Optional;

/** How a program shows an exchange who it is. */
public interface Credentials {
    /** For an exchange without access control: nothing is shown. */
    Credentials NONE = new Credentials() {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }

        @Override
        public boolean renewed(String refused) {
            return false;
        }
    };

    /**
     * What to write into the header {@code Authorization}.
     *
     * @throws TokenException when the token server does not give a token
     * @throws IOException when it cannot be reached
     */
    Optional<String> authorization() throws IOException;

    /**
     * Told that the exchange did not accept what was shown.
     *
     * @return whether the next {@link #authorization()} will be another, so that it is worth a second try
     */
    boolean renewed(String refused);
}
