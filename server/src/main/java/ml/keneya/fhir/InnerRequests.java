package ml.keneya.fhir;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Posts to the base from inside, exactly as a client would: what was kept is read, checked, refused and answered by the
 * same code as what has just arrived.
 */
@Component
public class InnerRequests {

    private static final String INNER = InnerRequests.class.getName();
    private static final String REFUSED_ENTRIES = InnerRequests.class.getName() + ".refusedEntries";
    private static final String KEPT_AS = InnerRequests.class.getName() + ".keptAs";
    private static final String PROBED = InnerRequests.class.getName() + ".probed";

    private final ObjectProvider<FhirServer> server;

    protected InnerRequests(ObjectProvider<FhirServer> server) {
        this.server = server;
    }

    /**
     * @param base the address that the original request came in under
     * @param headers of the original request
     * @param caller who sent it
     * @param keptAs the id under which the body is kept already
     */
    public InnerAnswer post(String base, Map<String, String> headers, byte[] body, Caller caller, String keptAs) {
        HttpServletRequest request = request(base, headers, body, caller);
        request.setAttribute(KEPT_AS, keptAs);
        return send(request, body);
    }

    /**
     * Delivers what was taken out of something larger. Refused, it is kept like any other delivery.
     *
     * @param base the address that the larger one came in under
     */
    public InnerAnswer deliver(String base, Map<String, String> headers, byte[] body, Caller caller) {
        return send(request(base, headers, body, caller), body);
    }

    /** The same, but nothing is kept of what is refused: whoever delivers it will deliver that again, alone. */
    public InnerAnswer probe(String base, Map<String, String> headers, byte[] body, Caller caller) {
        HttpServletRequest request = request(base, headers, body, caller);
        request.setAttribute(PROBED, Boolean.TRUE);
        return send(request, body);
    }

    /** @throws RefusedException when no request may bring this JSON: malformed, nested too deeply, not UTF-8 */
    public static void checkJson(byte[] json) {
        RequestBodyReader.refuseUnreadableText("application/fhir+json", json);
    }

    private static HttpServletRequest request(String base, Map<String, String> headers, byte[] body, Caller caller) {
        HttpServletRequest request = new BufferedRequest(new InnerRequest(base, headers).asServletRequest(), body);
        request.setAttribute(INNER, Boolean.TRUE);
        caller.bringTo(request);
        return request;
    }

    private InnerAnswer send(HttpServletRequest request, byte[] body) {
        try {
            RequestBodyReader.check(request, body);
        } catch (RefusedException refused) {
            RefusesUnreadableText.later(request, refused);
        }
        InnerResponse response = new InnerResponse();
        try (Language.Spoken spoken =
                Language.accepted(request.getHeader("Accept-Language")).spoken()) {
            server.getObject().restful().service(request, response.asServletResponse());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (ServletException failed) {
            throw new IllegalStateException(failed);
        }
        return response.answer((OperationOutcome) request.getAttribute(REFUSED_ENTRIES));
    }

    /** Under which id the body of a request that came from inside is kept already. */
    public static Optional<String> keptAs(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(KEPT_AS));
    }

    /** Whether nothing is kept of what is refused. */
    public static boolean isProbed(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(PROBED));
    }

    /** Says to whoever posted it that entries of an accepted batch were refused, and why. */
    public static void tellRefusedEntries(HttpServletRequest request, OperationOutcome why) {
        request.setAttribute(REFUSED_ENTRIES, why);
    }

    /** Whether a request came from inside: its caller was let in when it delivered what is posted again now. */
    public static boolean isInner(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(INNER));
    }

    /**
     * What the server answered.
     *
     * @param headers that were set by our own code
     * @param body JSON
     * @param refusedEntries why entries of an accepted batch were refused, null when none was
     */
    public record InnerAnswer(
            int status,
            Map<String, String> headers,
            String body,
            @Nullable OperationOutcome refusedEntries) {}
}
