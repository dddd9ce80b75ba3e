package ml.keneya.security.limits;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.regex.Pattern;
import ml.keneya.security.Network;
import ml.keneya.security.limits.Allowance.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody try proofs of who it is for ever. Refused ones count for the client that was claimed together with the
 * address, so that nobody can lock a client out from elsewhere, and for the address alone, so that trying one name
 * after the other ends too. A good proof costs nothing.
 */
class LimitsGuessing extends OncePerRequestFilter {

    private static final Pattern CLIENT = Pattern.compile("[\\w.-]{1,64}");
    private static final String NOBODY = "";
    private static final int LONGEST_ASSERTION = 8_000;
    private static final int TOO_MANY_REQUESTS = 429;

    /** RFC 6749 knows no error for this; clients that read none of its words still read the status. */
    private static final String ANSWER = """
            {"error":"temporarily_unavailable",\
            "error_description":"Trop de demandes refusees ; reessayez dans %1$d s. / Too many refused requests; try again in %1$d s."}
            """;

    private final Allowances allowances;
    private final Rate ofClient;
    private final Rate ofAddress;

    LimitsGuessing(Allowances allowances, ClientLimitsSettings limits) {
        this.allowances = allowances;
        this.ofClient = new Rate(limits.failures(), limits.failures(), 1);
        this.ofAddress = new Rate(limits.failuresPerAddress(), limits.failuresPerAddress(), 1);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = "failures " + Network.of(request);
        Allowance all = allowances.of(address, ofAddress);
        if (all.secondsUntilNext() > 0) {
            // Before it can claim other names, each of which would be remembered.
            refuse(all.secondsUntilNext(), response);
            return;
        }
        Allowance client = allowances.of(address + " " + claimed(request), ofClient);
        long seconds = client.secondsUntilNext();
        if (seconds > 0) {
            refuse(seconds, response);
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            client.take();
            all.take();
        }
    }

    /** Whom the proof speaks of. Not believed; what cannot be read is one and the same claim for each address. */
    private static String claimed(HttpServletRequest request) {
        @Nullable String assertion = request.getParameter("client_assertion");
        @Nullable String client = assertion == null ? request.getParameter("client_id") : subject(assertion);
        return client != null && CLIENT.matcher(client).matches() ? client : NOBODY;
    }

    private static @Nullable String subject(String assertion) {
        if (assertion.length() > LONGEST_ASSERTION) {
            return null;
        }
        try {
            return SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
        } catch (ParseException unreadable) {
            return null;
        }
    }

    private static void refuse(long seconds, HttpServletResponse response) throws IOException {
        response.setStatus(TOO_MANY_REQUESTS);
        response.setHeader("Retry-After", String.valueOf(seconds));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(ANSWER.formatted(seconds).getBytes(StandardCharsets.UTF_8));
    }
}
