package ml.keneya.security.trace;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.Caller;
import ml.keneya.security.Decision;
import org.jspecify.annotations.Nullable;

/** Makes one event of everything that became known of a request, and has it written. */
class WritesAccessDown {

    /** Who was refused before anybody knew who it was. */
    private static final String NOBODY_KNOWN = "anonymous";

    private final Consumer<TraceEvent> trace;

    /** @param trace returns once an event is durable */
    WritesAccessDown(Consumer<TraceEvent> trace) {
        this.trace = trace;
    }

    /** @throws TraceUnavailableException when the access must not be granted */
    void write(Access access, HttpServletRequest request, int status) {
        RequestDetails details = access.details();
        AskedFor asked = AskedFor.read(request, details);
        List<String> patients = patients(access, request, status);
        if (!PersonData.mayBeIn(asked, String.valueOf(request.getRequestURI()), patients, status)) {
            return;
        }
        boolean created = asked.interaction().equals("create") && status < 400;
        trace.accept(new TraceEvent(
                access.began(),
                RequestIds.of(request),
                who(details, request),
                new TraceEvent.What(
                        asked.interaction(),
                        asked.type(),
                        created ? access.writtenId() : asked.id(),
                        patients,
                        asked.query()),
                access.result(status, decision(details, request))));
    }

    private static List<String> patients(Access access, HttpServletRequest request, int status) {
        Set<String> all = new LinkedHashSet<>(access.patients(status));
        if (status < 400) {
            AccessNotes.shownIn(request).forEach(record -> all.addAll(PatientsOf.record(record)));
        }
        return List.copyOf(all);
    }

    /** Why it was allowed or not; of several, as in a bundle, the last, which is the one that refused if any did. */
    private static @Nullable String decision(@Nullable RequestDetails details, HttpServletRequest request) {
        Optional<String> flag = AccessNotes.flagOf(request);
        if (flag.isPresent()) {
            return flag.get();
        }
        Object decided = details == null ? null : details.getUserData().get(Decision.class.getName());
        return (decided == null ? request.getAttribute(Decision.class.getName()) : decided) instanceof Decision decision
                ? decision.reason().code()
                : null;
    }

    private static TraceEvent.Who who(@Nullable RequestDetails details, HttpServletRequest request) {
        // What is refused early was refused before HAPI's request knew its caller.
        Caller caller = details != null && Caller.isAttachedTo(details)
                ? Caller.of(details)
                : Caller.broughtBy(request).orElse(Caller.anonymous());
        if (caller.role() == Caller.Role.SYSTEM) {
            return new TraceEvent.Who(NOBODY_KNOWN, null, "ANONYMOUS", null, request.getRemoteAddr());
        }
        return new TraceEvent.Who(
                caller.client(), caller.facility(), caller.role().name(), caller.purpose(), request.getRemoteAddr());
    }
}
