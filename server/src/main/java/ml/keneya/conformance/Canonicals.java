package ml.keneya.conformance;

/**
 * Every canonical URL and identifier system of ours, in one file, so that the national authority can re-home them in
 * one edit (decision 13).
 */
public final class Canonicals {

    public static final String BASE = "https://keneya.ml/fhir";

    /** Codes of refusals. */
    public static final String REFUSALS = BASE + "/CodeSystem/ml-refusal";

    /** Names the facility whose record it is; set by the server as {@code meta.security} (decision 15). */
    public static final String OWNER = BASE + "/CodeSystem/ml-owner";

    /** Search parameter over {@link #OWNER}. */
    public static final String OWNER_PARAMETER = BASE + "/SearchParameter/ml-owner";

    /** What {@code meta.source} says of a record: which client and facility brought it. */
    public static final String SOURCE = BASE + "/source";

    /** Prefix of the identifier systems, for example {@code https://keneya.ml/id/nina}. */
    public static final String IDENTIFIERS = "https://keneya.ml/id";

    /** Code of a facility or authority. */
    public static final String FACILITY = IDENTIFIERS + "/facility";

    /** National identification number of a person; one record holds it. */
    public static final String NINA = IDENTIFIERS + "/nina";

    /** Number of the biometric identity card; one record holds it. */
    public static final String BIOMETRIC_CARD = IDENTIFIERS + "/biometric-card";

    /** Identifier system of the numbers under which deliveries are kept. */
    public static final String DELIVERY = IDENTIFIERS + "/delivery";

    /** Which lines of an upload a delivery was made of, for example {@code 201-300}. */
    public static final String UPLOADED_LINES = IDENTIFIERS + "/uploaded-lines";

    /** Behind the address of a code system that was loaded: the value set of all its codes, as LOINC names it. */
    public static final String WHOLE_SYSTEM = "/vs";

    private Canonicals() {}

    static boolean isOurs(String canonical) {
        return canonical.startsWith(BASE + "/");
    }
}
