package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * What the trace of accesses must know of a request and cannot see for itself: records that are shown without coming
 * out of the storage, and what an access means beyond itself. It stands with the request of the container, because what
 * HAPI's request holds is gone when the last byte leaves.
 */
public final class AccessNotes {

    private static final String SHOWN = AccessNotes.class.getName() + ".shown";
    private static final String FLAG = AccessNotes.class.getName() + ".flag";

    private AccessNotes() {}

    /** A record, or a bundle of them, that the answer shows or tells of. */
    public static void shows(ServletRequestDetails request, IBaseResource record) {
        List<IBaseResource> all = new ArrayList<>(shownIn(request.getServletRequest()));
        all.add(record);
        request.getServletRequest().setAttribute(SHOWN, List.copyOf(all));
    }

    public static List<IBaseResource> shownIn(HttpServletRequest request) {
        return request.getAttribute(SHOWN) instanceof List<?> list
                ? list.stream().map(IBaseResource.class::cast).toList()
                : List.of();
    }

    /**
     * @param request nothing is noted of what does not come over HTTP
     * @param code stable; stands in the trace as the reason why the access was allowed
     */
    public static void flag(@Nullable RequestDetails request, String code) {
        if (request instanceof ServletRequestDetails servlet && servlet.getServletRequest() != null) {
            servlet.getServletRequest().setAttribute(FLAG, code);
        }
    }

    public static Optional<String> flagOf(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(FLAG));
    }
}
