package ml.keneya.security.trace;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the hash before a row and everything that the row holds. Each text goes in with its length, so that no
 * two rows can be written the same way.
 */
final class ChainHash {

    /** Of rows without a decision: those written before decisions were kept are verified as they were written. */
    private static final int FORM = 1;

    /** Of rows with one. The form goes in first, so taking a decision away or adding one shows. */
    private static final int FORM_WITH_DECISION = 2;

    private static final int ABSENT = -1;

    private ChainHash() {}

    static String of(String previous, int chain, long position, TraceEvent event) {
        MessageDigest digest = sha256();
        try (DataOutputStream content =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            content.writeByte(event.result().decision() == null ? FORM : FORM_WITH_DECISION);
            write(content, previous);
            content.writeInt(chain);
            content.writeLong(position);
            content.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
            write(content, event.request());
            write(content, event.who());
            write(content, event.what());
            write(content, event.result());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream content, TraceEvent.Who who) throws IOException {
        write(content, who.client());
        write(content, who.facility());
        write(content, who.role());
        write(content, who.purpose());
        write(content, who.address());
    }

    private static void write(DataOutputStream content, TraceEvent.What what) throws IOException {
        write(content, what.interaction());
        write(content, what.type());
        write(content, what.id());
        content.writeInt(what.patients().size());
        for (String patient : what.patients()) {
            write(content, patient);
        }
        write(content, what.query());
    }

    private static void write(DataOutputStream content, TraceEvent.Result result) throws IOException {
        content.writeInt(result.status());
        write(content, result.reason());
        content.writeInt(result.matches() == null ? ABSENT : result.matches());
        if (result.decision() != null) {
            write(content, result.decision());
        }
    }

    private static void write(DataOutputStream content, @Nullable String text) throws IOException {
        if (text == null) {
            content.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.writeInt(bytes.length);
        content.write(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
