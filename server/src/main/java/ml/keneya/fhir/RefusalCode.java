package ml.keneya.fhir;

import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * The catalogue of refusals: codes that clients may rely on, whatever the wording becomes.
 *
 * <p>The words stand in {@code refusals_fr.properties} and {@code refusals_en.properties}; a test holds the three
 * together. A code is never reused for another meaning.
 */
public enum RefusalCode {
    UNREADABLE("ML-FHIR-001", 400, IssueType.STRUCTURE),
    BAD_REQUEST("ML-FHIR-002", 400, IssueType.INVALID),
    UNKNOWN_RESOURCE_TYPE("ML-FHIR-003", 404, IssueType.NOTSUPPORTED),
    NOT_FOUND("ML-FHIR-004", 404, IssueType.NOTFOUND),
    GONE("ML-FHIR-005", 410, IssueType.DELETED),
    NOT_ACCEPTABLE("ML-FHIR-006", 406, IssueType.NOTSUPPORTED),
    UNSUPPORTED_MEDIA_TYPE("ML-FHIR-007", 415, IssueType.NOTSUPPORTED),
    TOO_LARGE("ML-FHIR-008", 413, IssueType.TOOLONG),
    TOO_COMPRESSED("ML-FHIR-009", 413, IssueType.TOOLONG),
    METHOD_NOT_ALLOWED("ML-FHIR-010", 405, IssueType.NOTSUPPORTED),
    PRECONDITION_FAILED("ML-FHIR-011", 412, IssueType.CONFLICT),
    CONFLICT("ML-FHIR-012", 409, IssueType.CONFLICT),
    FORBIDDEN("ML-FHIR-013", 403, IssueType.FORBIDDEN),
    UNAUTHENTICATED("ML-FHIR-014", 401, IssueType.LOGIN),
    UNPROCESSABLE("ML-FHIR-015", 422, IssueType.PROCESSING),
    NOT_UTF8("ML-FHIR-016", 400, IssueType.STRUCTURE),
    DOCUMENT_TYPE_DECLARATION("ML-FHIR-017", 400, IssueType.SECURITY),
    BAD_HEADER("ML-FHIR-018", 400, IssueType.VALUE),
    UNKNOWN_SEARCH_PARAMETER("ML-FHIR-019", 400, IssueType.NOTSUPPORTED),
    STALE_VERSION("ML-FHIR-020", 412, IssueType.CONFLICT),
    BAD_PATCH("ML-FHIR-021", 400, IssueType.STRUCTURE),
    TOO_DEEP("ML-FHIR-030", 400, IssueType.STRUCTURE),
    HUGE_NUMBER("ML-FHIR-031", 400, IssueType.VALUE),
    FORBIDDEN_CHARACTER("ML-FHIR-032", 400, IssueType.VALUE),
    UNKNOWN_ELEMENT("ML-FHIR-033", 422, IssueType.STRUCTURE),
    INVALID_VALUE("ML-FHIR-034", 422, IssueType.VALUE),
    WRONG_SHAPE("ML-FHIR-035", 422, IssueType.STRUCTURE),
    UNADDRESSABLE_ID("ML-FHIR-036", 400, IssueType.VALUE),
    TYPES_MISSING("ML-FHIR-037", 400, IssueType.REQUIRED),
    NOT_IN_COMPARTMENT("ML-FHIR-038", 400, IssueType.NOTSUPPORTED),
    CONDITION_TWICE("ML-FHIR-039", 400, IssueType.INVALID),
    BAD_PARAMETER("ML-FHIR-040", 400, IssueType.VALUE),
    MISSING_PARAMETER("ML-FHIR-041", 400, IssueType.REQUIRED),
    NOT_OFFERED("ML-FHIR-042", 404, IssueType.NOTSUPPORTED),
    STILL_REFERENCED("ML-FHIR-043", 409, IssueType.CONFLICT),
    BUSY("ML-FHIR-090", 503, IssueType.TRANSIENT),
    INTERNAL("ML-FHIR-099", 500, IssueType.EXCEPTION),

    BUNDLE_EMPTY("ML-INTAKE-001", 422, IssueType.REQUIRED),
    BUNDLE_TYPE("ML-INTAKE-002", 422, IssueType.NOTSUPPORTED),
    TOO_MANY_ENTRIES("ML-INTAKE-003", 413, IssueType.TOOCOSTLY),
    DUPLICATE_FULL_URL("ML-INTAKE-004", 422, IssueType.DUPLICATE),
    UNRESOLVED_REFERENCE("ML-INTAKE-005", 422, IssueType.NOTFOUND),
    KEY_REUSED("ML-INTAKE-006", 422, IssueType.DUPLICATE),
    ENTRY_WITHOUT_REQUEST("ML-INTAKE-007", 422, IssueType.REQUIRED),
    POST_TO_BASE("ML-INTAKE-008", 422, IssueType.NOTSUPPORTED),
    ENTRY_WITHOUT_RESOURCE("ML-INTAKE-009", 422, IssueType.REQUIRED),
    STILL_RUNNING("ML-INTAKE-010", 409, IssueType.TRANSIENT),
    UNSAFE_CONDITION("ML-INTAKE-011", 422, IssueType.NOTSUPPORTED),
    IDENTIFIER_TWICE("ML-INTAKE-012", 422, IssueType.DUPLICATE),
    ANSWER_FORGOTTEN("ML-INTAKE-013", 422, IssueType.DUPLICATE),
    UNKNOWN_DELIVERY("ML-INTAKE-014", 404, IssueType.NOTFOUND),
    DELIVERY_ERASED("ML-INTAKE-015", 410, IssueType.DELETED),
    DELIVERY_SETTLED("ML-INTAKE-016", 409, IssueType.BUSINESSRULE),
    DELIVERY_WAITING("ML-INTAKE-017", 409, IssueType.BUSINESSRULE),
    SAME_CONDITION("ML-INTAKE-018", 422, IssueType.DUPLICATE),
    SAME_RECORD("ML-INTAKE-019", 422, IssueType.DUPLICATE),

    EXPORT_NOT_ASYNCHRONOUS("ML-EXPORT-001", 400, IssueType.REQUIRED),
    EXPORT_UNKNOWN("ML-EXPORT-002", 404, IssueType.NOTFOUND),
    EXPORT_VOID("ML-EXPORT-003", 410, IssueType.BUSINESSRULE),
    EXPORT_SINCE_VOID("ML-EXPORT-004", 422, IssueType.BUSINESSRULE),
    EXPORT_PARAMETER("ML-EXPORT-005", 400, IssueType.NOTSUPPORTED),
    EXPORT_TYPE("ML-EXPORT-006", 400, IssueType.NOTSUPPORTED),
    EXPORT_FAILED("ML-EXPORT-007", 500, IssueType.EXCEPTION),
    EXPORT_FILTER("ML-EXPORT-008", 400, IssueType.NOTSUPPORTED),
    EXPORT_FILTER_TOO_WIDE("ML-EXPORT-009", 422, IssueType.TOOCOSTLY),

    IMPORT_STOPPED("ML-IMPORT-001", 503, IssueType.TRANSIENT),

    CHAIN_TOO_LONG("ML-LIMITS-001", 400, IssueType.TOOCOSTLY),
    REVERSE_CHAIN_TOO_LONG("ML-LIMITS-002", 400, IssueType.TOOCOSTLY),
    TOO_MANY_CONDITIONS("ML-LIMITS-003", 400, IssueType.TOOCOSTLY),
    TOO_MANY_VALUES("ML-LIMITS-004", 400, IssueType.TOOCOSTLY),
    TOO_MANY_INCLUDES("ML-LIMITS-005", 400, IssueType.TOOCOSTLY),
    INCLUDES_EVERYTHING("ML-LIMITS-006", 400, IssueType.TOOCOSTLY),
    TOO_FAR("ML-LIMITS-007", 400, IssueType.TOOCOSTLY),
    TOO_MANY_REQUESTS("ML-LIMITS-008", 429, IssueType.THROTTLED),
    TOO_MANY_AT_ONCE("ML-LIMITS-009", 429, IssueType.THROTTLED),
    TOO_SLOW("ML-LIMITS-010", 408, IssueType.TIMEOUT),
    READING_TOO_LONG("ML-LIMITS-011", 503, IssueType.TOOCOSTLY),
    FORM_CUT_SHORT("ML-LIMITS-012", 400, IssueType.INCOMPLETE),

    TRACE_UNAVAILABLE("ML-TRACE-001", 503, IssueType.TRANSIENT),
    TRACE_IS_OURS("ML-TRACE-002", 422, IssueType.BUSINESSRULE),

    UNKNOWN_VALUE_SET("ML-TERMINOLOGY-001", 404, IssueType.NOTFOUND),
    UNKNOWN_CODE_SYSTEM("ML-TERMINOLOGY-002", 404, IssueType.NOTFOUND),
    UNKNOWN_CONCEPT_MAP("ML-TERMINOLOGY-003", 404, IssueType.NOTFOUND),
    UNKNOWN_CODE("ML-TERMINOLOGY-004", 404, IssueType.CODEINVALID),
    NOT_EXPANDABLE("ML-TERMINOLOGY-005", 422, IssueType.NOTSUPPORTED),
    TOO_MANY_CODES("ML-TERMINOLOGY-006", 422, IssueType.TOOCOSTLY),
    LOADED_FROM_OTHER_FILES("ML-TERMINOLOGY-007", 409, IssueType.CONFLICT),
    PIECE_OUT_OF_ORDER("ML-TERMINOLOGY-008", 409, IssueType.CONFLICT),
    UNREADABLE_FACT("ML-TERMINOLOGY-009", 422, IssueType.STRUCTURE),

    INVALID_RESOURCE("ML-VALIDATION-001", 422, IssueType.INVALID),
    UNKNOWN_PROFILE("ML-VALIDATION-002", 422, IssueType.NOTFOUND),
    MORE_FINDINGS("ML-VALIDATION-003", 422, IssueType.INCOMPLETE),

    VIEW_UNKNOWN("ML-VIEWS-001", 404, IssueType.NOTFOUND),
    VIEW_ELEMENT_MISSING("ML-VIEWS-002", 422, IssueType.REQUIRED),
    VIEW_ELEMENT_WRONG("ML-VIEWS-003", 422, IssueType.VALUE),
    VIEW_TYPE_NOT_SERVED("ML-VIEWS-004", 422, IssueType.NOTSUPPORTED),
    VIEW_COLUMN_TYPE("ML-VIEWS-005", 422, IssueType.NOTSUPPORTED),
    VIEW_PATH("ML-VIEWS-006", 422, IssueType.INVALID),
    VIEW_CONSTANT("ML-VIEWS-007", 422, IssueType.INVALID),
    VIEW_UNION("ML-VIEWS-008", 422, IssueType.INVALID),
    VIEW_COLUMN_TWICE("ML-VIEWS-009", 422, IssueType.DUPLICATE),
    VIEW_SEVERAL_VALUES("ML-VIEWS-010", 422, IssueType.INVALID),
    VIEW_WHERE_NOT_BOOLEAN("ML-VIEWS-011", 422, IssueType.INVALID),
    VIEW_VALUE("ML-VIEWS-012", 422, IssueType.VALUE),
    VIEW_ENDLESS("ML-VIEWS-013", 422, IssueType.TOOCOSTLY);

    private final String id;
    private final int status;
    private final IssueType issueType;

    RefusalCode(String id, int status, IssueType issueType) {
        this.id = id;
        this.status = status;
        this.issueType = issueType;
    }

    /** A search that runs in a thread of HAPI's leaves nothing of what ended it but its message: our code. */
    static Optional<RefusalCode> of(String message) {
        return message.startsWith("ML-")
                ? Arrays.stream(values())
                        .filter(code -> code.id.equals(message))
                        .findAny()
                : Optional.empty();
    }

    /** The stable code, as clients see it in {@code OperationOutcome.issue.details.coding.code}. */
    public String id() {
        return id;
    }

    /** The HTTP status of an answer that carries this refusal. */
    public int status() {
        return status;
    }

    public IssueType issueType() {
        return issueType;
    }
}
