package ml.keneya.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that call the server by a name nobody has given it. Where no address is configured, links, the
 * issuer of tokens and their audience follow the header {@code Host}, so it must be a name of this machine itself: of
 * loopback, or the very address that the connection came to.
 */
class RefusesForeignNames extends OncePerRequestFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    /** Only what is an address already: looking a name up would ask others what we are called. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

    private final BaseAddress base;
    private final AnswersAhead ahead;

    RefusesForeignNames(BaseAddress base, AnswersAhead ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (base.fixed().isPresent() || isOurs(request)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Connection", "close");
            ahead.refuse(new RefusedException(Refusal.of(RefusalCode.MISDIRECTED)), request, response);
        }
    }

    private static boolean isOurs(HttpServletRequest request) {
        String name = String.valueOf(request.getServerName()).replaceAll("^\\[|]$", "");
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT))
                || LITERAL.matcher(name).matches() && isSame(name, request.getLocalAddr());
    }

    private static boolean isSame(String name, String address) {
        try {
            return InetAddress.getByName(name).equals(InetAddress.getByName(address));
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }
}
