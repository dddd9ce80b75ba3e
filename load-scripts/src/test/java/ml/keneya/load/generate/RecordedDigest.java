package ml.keneya.load.generate;

/** SHA-256 over the paths and bytes of the files of one small scenario. */
final class RecordedDigest {
    static final String OF_BUNDLES = "bc5665b1da4f30bd7dee7fc3795c355115646e3693b5ad5c15415f47f83aa754";

    private RecordedDigest() {}
}
