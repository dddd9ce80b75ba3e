package ml.keneya.security.issuer;

/** The issuer's keys cannot be had, so nothing can be said about its tokens for the moment. */
class IssuerAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IssuerAwayException(Throwable cause) {
        super("The issuer's keys cannot be had.", cause);
    }
}
