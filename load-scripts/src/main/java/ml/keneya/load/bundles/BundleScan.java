package ml.keneya.load.bundles;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bundle that was read to its end and not kept, however large it is. */
public final class BundleScan {
    private final String digest;
    private final boolean identified;
    private final String facility;
    private final Outcome.@Nullable Unsent fault;

    private BundleScan(String digest, boolean identified, String facility, Outcome.@Nullable Unsent fault) {
        this.digest = digest;
        this.identified = identified;
        this.facility = facility;
        this.fault = fault;
    }

    /**
     * Reads a stream to its end.
     *
     * @throws IOException when the file itself cannot be read; what is no bundle is a fault instead
     */
    public static BundleScan of(String name, InputStream text) throws IOException {
        MessageDigest sha256 = ContentDigest.sha256();
        var source = new Source(text);
        try {
            BundleEnvelope envelope = BundleEnvelope.of(new DigestInputStream(source, sha256));
            String digest = "sha256-" + HexFormat.of().formatHex(sha256.digest());
            return new BundleScan(
                    digest,
                    envelope.identified(),
                    envelope.facility(),
                    envelope.canBePosted() ? null : WhyUnfit.noBundle(name, envelope));
        } catch (IOException unreadable) {
            if (source.failed) {
                throw unreadable;
            }
            return new BundleScan("", false, "", WhyUnfit.unreadable(name, unreadable));
        }
    }

    /** Tells a file that cannot be read from a text that is not understood: both are IOExceptions. */
    private static final class Source extends FilterInputStream {
        private boolean failed;

        private Source(InputStream text) {
            super(text);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (java.io.EOFException | java.util.zip.ZipException cutShort) {
                // A compressed file that was copied in half is a text that is not understood.
                throw cutShort;
            } catch (IOException unreadable) {
                failed = true;
                throw unreadable;
            }
        }
    }

    /** Why it cannot be posted; nothing when it can. */
    public Optional<Outcome.Unsent> fault() {
        return Optional.ofNullable(fault);
    }

    /** The name of the content (decision 0013). */
    public String digest() {
        return digest;
    }

    public boolean isIdentified() {
        return identified;
    }

    /** The code of the site that numbered the bundle, or empty. */
    public String facility() {
        return facility;
    }
}
