package ml.keneya.load.generate.fhir;

/** A fault in how a visit was written down. */
public enum VisitFault {
    NONE,
    /** A disease code that is not on the list: refused. */
    UNKNOWN_DISEASE_CODE,
    /** An ICD-10 code with a typing error: accepted with a remark. */
    MISTYPED_ICD_10,
    /** A result without a date: refused. */
    UNDATED_RESULT,
    /** A dose given today without its lot: accepted with a remark. */
    MISSING_LOT,
    /** An encounter without its date: accepted with a remark. */
    UNDATED_ENCOUNTER;

    public boolean isRefused() {
        return this == UNKNOWN_DISEASE_CODE || this == UNDATED_RESULT;
    }
}
