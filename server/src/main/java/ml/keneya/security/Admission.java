package ml.keneya.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import ml.keneya.fhir.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's try to be let in, as the trace keeps it: ids that the exchange gave, never what was typed.
 *
 * @param kind one of the constants here
 * @param caller who was let in; of a try that has not succeeded, whom it names, in the role of nobody
 * @param detail how it was tried
 * @param refusal a stable code; absent when it succeeded, or when only the status of HTTP tells
 */
public record Admission(
        String kind,
        Caller caller,
        @Nullable String detail,
        @Nullable String refusal) {

    /** A person by a password or a code. */
    public static final String LOGIN = "login";

    /** A system or an application asks for tokens. */
    public static final String TOKEN = "token";

    /** An application gives tokens back. */
    public static final String REVOCATION = "token-revocation";

    /** An application asks who its person is. */
    public static final String USER_INFO = "userinfo";

    /** Somebody manages clients, people or keys. */
    public static final String OPERATOR = "operator";

    private static final String ATTRIBUTE = Admission.class.getName();

    /** @param known the id of a client or person that there is; absent when there is none of that name */
    public static Admission tried(
            String kind, @Nullable String known, @Nullable String detail, @Nullable String refusal) {
        Caller nobody = Caller.anonymous();
        Caller named = known == null ? nobody : new Caller(known, null, nobody.role(), Set.of(), null);
        return new Admission(kind, named, detail, refusal);
    }

    /** What was done to whom: an id that the exchange gave. */
    public Admission about(String id) {
        return new Admission(kind, caller, detail == null ? id : detail + " " + id, refusal);
    }

    public Admission as(Caller letIn) {
        return new Admission(kind, letIn, detail, null);
    }

    public Admission refusedFor(String code) {
        return new Admission(kind, caller, detail, code);
    }

    /** Adds whom it concerned to what a request holds, once that is known. */
    public static void noteAbout(HttpServletRequest request, String id) {
        of(request).ifPresent(admission -> admission.about(id).bringTo(request));
    }

    /** The last one that a request is told to hold counts. */
    public void bringTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public static Optional<Admission> of(HttpServletRequest request) {
        return Optional.ofNullable((Admission) request.getAttribute(ATTRIBUTE));
    }
}
