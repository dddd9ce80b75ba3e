package ml.keneya.security.client;

import org.springframework.http.HttpStatus;

/** What an operator asked for and did not get, in both languages: whoever sits at the machine has not said which. */
public final class OperatorRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    public OperatorRefusal(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
