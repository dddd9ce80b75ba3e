package ml.keneya.load.generate;

/** SHA-256 over the paths and bytes of the files of one small scenario. */
final class RecordedDigest {
    static final String OF_BUNDLES = "4711af9fedd87046856593b257771eca78614cd7e0b6c86783133aafe3bdba59";

    private RecordedDigest() {}
}
