package ml.keneya.intake;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What tells one delivery from another.
 *
 * @param client and {@code facility}: the sender; a key means nothing outside its sender's own deliveries
 * @param facility empty when the client acts for none
 * @param key the sender's name for this delivery: header {@code Idempotency-Key}, else {@code Bundle.identifier}, else
 *     the digest
 * @param entry 0 for the whole of a transaction, otherwise the number of a batch's entry ({@link EntryNames}), from 1
 * @param digest SHA-256 of the body as it arrived
 */
record Submission(String client, String facility, String key, int entry, String digest) {

    private static final int LONGEST_KEY = 500;
    private static final int LONGEST_SHOWN = 200;
    private static final String DIGEST = "sha256:";
    private static final String BUNDLE = "bundle:";
    private static final String ENTRY = "entry:";
    private static final String LONG = "long:";

    static Submission of(Bundle bundle, ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        String digest = sha256(request.loadRequestContents());
        String facility = caller.facility() == null ? "" : caller.facility();
        return new Submission(caller.client(), facility, key(bundle, request, digest), 0, digest);
    }

    /**
     * A delivery of which nobody has read more than the header yet.
     *
     * @param keyHeader header {@code Idempotency-Key}, null when there is none
     */
    static Submission unread(Caller caller, @Nullable String keyHeader, byte[] body) {
        String digest = sha256(body);
        String facility = caller.facility() == null ? "" : caller.facility();
        String key = keyHeader == null || keyHeader.isBlank() ? DIGEST + digest : bounded("key:" + keyHeader.strip());
        return new Submission(caller.client(), facility, key, 0, digest);
    }

    /**
     * The delivery of one entry of a batch that its sender named, under a number.
     *
     * @see EntryNames
     */
    Submission ofEntry(int number, String digestOfEntry) {
        return new Submission(client, facility, key, number, digestOfEntry);
    }

    /**
     * The same of a batch without a name: the content of the entry is its own.
     *
     * @param occurrence from 1, for entries of the batch with the same content
     */
    Submission ofEntry(String digestOfEntry, int occurrence) {
        return new Submission(client, facility, ENTRY + digestOfEntry, occurrence, digestOfEntry);
    }

    private static String key(Bundle bundle, ServletRequestDetails request, String digest) {
        String header = request.getHeader("Idempotency-Key");
        if (header != null && !header.isBlank()) {
            return bounded("key:" + header.strip());
        }
        Identifier identifier = bundle.getIdentifier();
        if (identifier.getValue() != null) {
            return bounded(
                    BUNDLE + (identifier.hasSystem() ? identifier.getSystem() : "") + "|" + identifier.getValue());
        }
        return DIGEST + digest;
    }

    /** The name as the sender wrote it, for who reads a refusal; of a long one the beginning. */
    static String nameIn(ServletRequestDetails request) {
        String header = request.getHeader("Idempotency-Key");
        if (header != null && !header.isBlank()) {
            return shown(header.strip());
        }
        Identifier identifier =
                request.getResource() instanceof Bundle bundle ? bundle.getIdentifier() : new Identifier();
        String value = String.valueOf(identifier.getValue());
        return shown(identifier.hasSystem() ? identifier.getSystem() + "|" + value : value);
    }

    private static String shown(String name) {
        return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    }

    /** The identifier of the bundle that has this key; nothing when the key comes from elsewhere. */
    static Optional<Identifier> identifierIn(String key) {
        int bar = key.indexOf('|');
        if (!key.startsWith(BUNDLE) || bar < 0) {
            return Optional.empty();
        }
        String system = key.substring(BUNDLE.length(), bar);
        return Optional.of(
                new Identifier().setSystem(system.isEmpty() ? null : system).setValue(key.substring(bar + 1)));
    }

    /** Whether the sender named the delivery; otherwise its content does, and the same content may come again. */
    boolean isNamedBySender() {
        return !isOfContent(key);
    }

    /** Whether a key says nothing but what the content is. */
    static boolean isOfContent(String key) {
        return key.startsWith(DIGEST) || key.startsWith(ENTRY);
    }

    static String digestOf(String content) {
        return sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String bounded(String key) {
        return key.length() <= LONGEST_KEY ? key : LONG + digestOf(key);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
