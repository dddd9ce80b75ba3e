package ml.keneya.load.generate.output;

/** In which form data leave the generator. */
public enum Form {
    /** One record a line, a file for each type. */
    RECORDS,
    /** Transaction bundles, one a line, a file for each month in which they are sent. */
    BUNDLES,
    /** Transaction bundles, posted. */
    POSTED
}
