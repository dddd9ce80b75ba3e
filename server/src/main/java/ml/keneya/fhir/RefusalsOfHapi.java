package ml.keneya.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Reads HAPI's exceptions as refusals of our catalogue.
 *
 * <p>HAPI speaks English and puts its own codes, class names and sometimes SQL into messages. What a developer can use
 * of it is kept as technical detail; a detail that shows our insides is dropped whole.
 */
@Component
public class RefusalsOfHapi {

    private static final Pattern HAPI_CODE = Pattern.compile("HAPI-(\\d{4}): ?");
    private static final Pattern INSIDES = Pattern.compile(
            "(\\b(?:org|ca|java|javax|jakarta|com|ml)\\.[a-z][a-z0-9]*\\.)|Exception|SQL|constraint|\\bHFJ_|statement",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN_TYPE = Pattern.compile("resource type '([^']{1,64})'");
    private static final Pattern UNKNOWN_TARGET =
            Pattern.compile("Resource (\\S{1,130}) not found, specified in path: (\\S{1,130})");
    private static final Pattern MATCH_URL = Pattern.compile("(?:match URL \"|La recherche « )(.{1,200}?)(?:\"| »)");
    private static final Pattern EXTERNAL_URL =
            Pattern.compile("(?:external reference to URL \"|adresse extérieure, « )(.{1,200}?)(?:\"| »)");
    private static final Pattern NOT_OFFERED = Pattern.compile("does not know how to handle|ne sait pas traiter");

    private static final int LONGEST_DETAIL = 300;

    private final ServedTypes servedTypes;
    private final List<MomentaryFailures> momentaryFailures;

    RefusalsOfHapi(ServedTypes servedTypes, List<MomentaryFailures> momentaryFailures) {
        this.servedTypes = servedTypes;
        this.momentaryFailures = List.copyOf(momentaryFailures);
    }

    /** Never empty; the first refusal decides the status. */
    public List<Refusal> read(Throwable failure, RequestDetails request) {
        if (failure instanceof RefusedException refused) {
            return refused.refusals();
        }
        Throwable telling = causeThatTells(failure);
        if (telling instanceof RefusedException refused) {
            return refused.refusals();
        }
        if (isMomentary(telling)) {
            return List.of(Refusal.of(comesOfAFullDisk(failure) ? RefusalCode.NO_ROOM : RefusalCode.BUSY));
        }
        if (telling instanceof DataFormatException unreadable) {
            return List.of(Refusal.of(RefusalCode.UNREADABLE, detail(unreadable)));
        }
        if (telling instanceof BaseServerResponseException answered) {
            return List.of(refusalFor(answered, request));
        }
        // HAPI lets a parameter that should be a number, and is not, fail this way.
        if (telling instanceof IllegalArgumentException && telling.getCause() instanceof NumberFormatException number) {
            return List.of(Refusal.of(RefusalCode.BAD_REQUEST, detail(number)));
        }
        return List.of(Refusal.of(RefusalCode.INTERNAL, String.valueOf(request.getRequestId())));
    }

    private Refusal refusalFor(BaseServerResponseException failure, RequestDetails request) {
        String message = messageOf(failure);
        Optional<RefusalCode> ours = RefusalCode.of(message);
        if (ours.isPresent()) {
            return Refusal.of(ours.get());
        }
        Optional<Refusal> unsupported = UnsupportedParameters.read(message);
        if (unsupported.isPresent()) {
            return unsupported.get();
        }
        if (String.valueOf(failure.getMessage()).contains("HAPI-0515")) {
            return Refusal.of(RefusalCode.STILL_REFERENCED);
        }
        if (NOT_OFFERED.matcher(message).find()) {
            return Refusal.of(RefusalCode.NOT_OFFERED, request.getRequestType() + " " + request.getRequestPath());
        }
        return switch (hapiCode(message)) {
            case 302 ->
                Refusal.of(RefusalCode.UNKNOWN_RESOURCE_TYPE, first(UNKNOWN_TYPE, message), servedTypes.inWords());
            case 1094 -> unresolvedReference(message);
            case 1091 -> Refusal.of(RefusalCode.UNRESOLVED_REFERENCE, first(MATCH_URL, message));
            case 450 ->
                Refusal.of(RefusalCode.UNREADABLE, detail(failure).replaceFirst("(?s).*(?:Error was:|Erreur :) ", ""));
            case 507 -> Refusal.of(RefusalCode.UNRESOLVED_REFERENCE, first(EXTERNAL_URL, message));
            case 448, 449 -> Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, contentType(request));
            case 961, 974, 989 -> Refusal.of(RefusalCode.STALE_VERSION);
            // A conflict that outlasted its retries: who said which version it had read was too late; nobody else has
            // anything to mend.
            case 550, 549 -> lastingConflict(failure, request);
            default -> byStatus(failure, request);
        };
    }

    private Refusal lastingConflict(BaseServerResponseException failure, RequestDetails request) {
        boolean hopeless = causes(failure)
                .anyMatch(cause -> momentaryFailures.stream().anyMatch(failures -> failures.neverInclude(cause)));
        if (hopeless) {
            // HAPI takes whatever the database does not accept for a conflict.
            return Refusal.of(RefusalCode.INTERNAL, String.valueOf(request.getRequestId()));
        }
        return Refusal.of(request.getHeader("If-Match") == null ? RefusalCode.BUSY : RefusalCode.STALE_VERSION);
    }

    private Refusal byStatus(BaseServerResponseException failure, RequestDetails request) {
        String detail = detail(failure);
        return switch (failure.getStatusCode()) {
            case 400 -> Refusal.of(RefusalCode.BAD_REQUEST, detail);
            case 401 -> Refusal.of(RefusalCode.UNAUTHENTICATED);
            case 403 -> Refusal.of(RefusalCode.FORBIDDEN);
            case 404 -> Refusal.of(RefusalCode.NOT_FOUND, request.getRequestPath());
            case 405 -> Refusal.of(RefusalCode.METHOD_NOT_ALLOWED, detail);
            case 406 -> Refusal.of(RefusalCode.NOT_ACCEPTABLE, detail);
            case 409 -> Refusal.of(RefusalCode.CONFLICT);
            case 410 -> Refusal.of(RefusalCode.GONE, request.getRequestPath());
            case 412 -> Refusal.of(RefusalCode.PRECONDITION_FAILED, detail);
            case 413 -> Refusal.of(RefusalCode.TOO_LARGE, detail);
            case 415 -> Refusal.of(RefusalCode.UNSUPPORTED_MEDIA_TYPE, detail);
            case 422 -> Refusal.of(RefusalCode.UNPROCESSABLE, detail);
            case 503 -> Refusal.of(RefusalCode.BUSY);
            default ->
                failure.getStatusCode() < 500
                        ? Refusal.of(RefusalCode.BAD_REQUEST, detail)
                        : Refusal.of(RefusalCode.INTERNAL, String.valueOf(request.getRequestId()));
        };
    }

    private static String contentType(RequestDetails request) {
        String sent = request.getHeader("Content-Type");
        return sent == null ? "Content-Type ?" : sent.replaceAll("[^\\w/+*.;=, -]", "");
    }

    private static Refusal unresolvedReference(String message) {
        Matcher matcher = UNKNOWN_TARGET.matcher(message);
        if (!matcher.find()) {
            return Refusal.of(RefusalCode.UNRESOLVED_REFERENCE, "?");
        }
        return Refusal.of(RefusalCode.UNRESOLVED_REFERENCE, matcher.group(1)).at(matcher.group(2));
    }

    /** HAPI wraps; the innermost failure that carries an answer is the one that tells the client something. */
    private Throwable causeThatTells(Throwable failure) {
        Optional<Throwable> decisive = causes(failure)
                .filter(cause ->
                        cause instanceof RefusedException || cause instanceof DataFormatException || isMomentary(cause))
                .findFirst();
        return decisive.orElse(failure);
    }

    /** The database could not be reached, went away or had no room: it may work in a moment, and may have worked. */
    private boolean isMomentary(Throwable cause) {
        return cause instanceof CannotCreateTransactionException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof TransientDataAccessException
                || momentaryFailures.stream().anyMatch(failures -> failures.include(cause));
    }

    private boolean comesOfAFullDisk(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> momentaryFailures.stream().anyMatch(failures -> failures.comeOfAFullDisk(cause)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static String messageOf(BaseServerResponseException failure) {
        if (failure.getOperationOutcome() instanceof OperationOutcome outcome && outcome.hasIssue()) {
            String diagnostics = outcome.getIssueFirstRep().getDiagnostics();
            if (diagnostics != null) {
                return diagnostics;
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static int hapiCode(String message) {
        Matcher matcher = HAPI_CODE.matcher(message);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String first(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : "?";
    }

    /** What the failure says, without our insides; empty when it shows them. */
    public static String detail(Throwable failure) {
        String message = failure instanceof BaseServerResponseException answered
                ? messageOf(answered)
                : String.valueOf(failure.getMessage());
        return withoutInsides(message);
    }

    static String withoutInsides(@Nullable String message) {
        if (message == null) {
            return "";
        }
        String plain = HAPI_CODE.matcher(message).replaceAll("").strip();
        if (INSIDES.matcher(plain).find()) {
            return "";
        }
        return plain.length() <= LONGEST_DETAIL ? plain : plain.substring(0, LONGEST_DETAIL) + "…";
    }
}
