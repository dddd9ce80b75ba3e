package ml.keneya.security.access;

import java.util.List;

/** Secrets that every copy of the server shares and nobody else knows; the newest first. */
@FunctionalInterface
public interface PageSecrets {

    List<byte[]> secrets();
}
