package ml.keneya.security.trace;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes known of one request while it is worked on. Parts of it may be worked on by several threads. */
class Access {

    private static final String ATTRIBUTE = Access.class.getName();

    private final Instant began;
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> written = new LinkedHashSet<>();
    private @Nullable RequestDetails details;
    private @Nullable String writtenId;
    private @Nullable String refusal;
    private @Nullable Integer status;
    private @Nullable Integer matches;

    Access(Instant began) {
        this.began = began;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Optional<Access> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Access access ? Optional.of(access) : Optional.empty();
    }

    /** From now on the parts of the request (entries of a bundle, for example) lead here too. */
    synchronized void attachTo(RequestDetails request) {
        details = request;
        request.getUserData().put(ATTRIBUTE, this);
    }

    /** Nothing for what the exchange does on its own account. */
    static Optional<Access> of(@Nullable RequestDetails request) {
        return request != null && request.getUserData().get(ATTRIBUTE) instanceof Access access
                ? Optional.of(access)
                : Optional.empty();
    }

    synchronized void shows(Set<String> patients) {
        seen.addAll(patients);
    }

    synchronized void writes(String id, Set<String> patients) {
        writtenId = id;
        written.addAll(patients);
    }

    synchronized void answers(int records) {
        matches = records;
    }

    synchronized void fails(int httpStatus, @Nullable String code) {
        status = httpStatus;
        refusal = code;
    }

    Instant began() {
        return began;
    }

    synchronized @Nullable RequestDetails details() {
        return details;
    }

    synchronized int statusOr(int sent) {
        return status == null ? sent : status;
    }

    /** The id of the record that was written last, which is the only one unless a bundle brought it. */
    synchronized @Nullable String writtenId() {
        return writtenId;
    }

    synchronized TraceEvent.Result result(int httpStatus, @Nullable String decision) {
        return new TraceEvent.Result(httpStatus, refusal, httpStatus < 400 ? matches : null, decision);
    }

    /** What was written before a request failed was undone, so it concerns nobody. */
    synchronized List<String> patients(int httpStatus) {
        Set<String> concerned = new LinkedHashSet<>(seen);
        if (httpStatus < 400) {
            concerned.addAll(written);
        }
        return new ArrayList<>(concerned);
    }
}
