package ml.keneya.load.generate.chance;

import java.util.UUID;

/** The UUID of a generated record: version 8 (RFC 9562, section 5.8), made from the key of what it names. */
public final class RecordUuid {
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000000000000000L;

    private RecordUuid() {}

    public static String of(long... path) {
        long high = Chance.key(path);
        long low = Chance.key(high, path.length);
        return new UUID(high & ~0xF000L | VERSION_8, low & ~0xC000000000000000L | VARIANT).toString();
    }
}
