package ml.keneya.security.token;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.AnswersAhead;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.Decision;
import ml.keneya.security.Reason;
import ml.keneya.security.WatchesDecisions;
import ml.keneya.security.token.AccessSettings.WithoutToken;
import ml.keneya.security.token.ChecksTokens.Holder;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything else of the FHIR interface and finds out who is calling. Whoever shows a token that is not
 * good is refused, from wherever it comes and whatever it asks for.
 */
class LetsCallersIn extends OncePerRequestFilter {

    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([A-Za-z0-9._~+/-]{1,8000}=*)");
    private static final Pattern PURPOSE = Pattern.compile("[A-Z]{2,20}");

    /** Says why the caller reads (HL7 v3 PurposeOfUse). */
    private static final String PURPOSE_HEADER = "Keneya-Purpose";

    /** Any of these tells of a proxy, behind which loopback is no longer whoever sits at the machine. */
    private static final Pattern PASSED_ON =
            Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|x-original-.*|via", Pattern.CASE_INSENSITIVE);

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ChecksTokens tokens;
    private final Addresses addresses;
    private final AccessSettings settings;
    private final AnswersAhead ahead;
    private final List<WatchesDecisions> watchers;

    LetsCallersIn(
            ChecksTokens tokens,
            Addresses addresses,
            AccessSettings settings,
            AnswersAhead ahead,
            List<WatchesDecisions> watchers) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.settings = settings;
        this.ahead = ahead;
        this.watchers = List.copyOf(watchers);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> shown = Collections.list(request.getHeaders("Authorization"));
        if (!shown.isEmpty() || showsTokenInAddress(request)) {
            Optional<Holder> holder = shown.size() == 1 && !showsTokenInAddress(request)
                    ? check(shown.get(0), request)
                    : Optional.empty();
            if (holder.isEmpty()) {
                refuse(Reason.BAD_TOKEN, "Bearer error=\"invalid_token\"", request, response);
                return;
            }
            holder.get().caller().bringTo(request);
            holder.get().scopes().bringTo(request);
        } else if (settings.withoutToken() == WithoutToken.LOCAL && isAtTheMachine(request)) {
            Caller.local().bringTo(request);
        } else if (READING.contains(request.getMethod())) {
            Caller.anonymous().bringTo(request);
        } else {
            // Nothing that is written is for everybody, so its body need not be read.
            refuse(Reason.NO_TOKEN, "Bearer", request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<Holder> check(String header, HttpServletRequest request) {
        Matcher bearer = BEARER.matcher(header);
        return bearer.matches()
                ? tokens.check(
                        bearer.group(1), addresses.issuer(request), addresses.fhirBase(request), purposeOf(request))
                : Optional.empty();
    }

    private static @Nullable String purposeOf(HttpServletRequest request) {
        String stated = request.getHeader(PURPOSE_HEADER);
        return stated != null && PURPOSE.matcher(stated).matches() ? stated : null;
    }

    /** Addresses are written into logs on the way, so a token in one is no longer a secret (RFC 6750, section 2.3). */
    private static boolean showsTokenInAddress(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && query.toLowerCase(Locale.ROOT).contains("access_token=");
    }

    private static boolean isAtTheMachine(HttpServletRequest request) {
        // A page from elsewhere that a browser at this machine shows asks under its own name.
        String origin = request.getHeader("Origin");
        boolean fromElsewhere = origin != null && !LOOPBACK_NAMES.contains(hostOf(origin));
        return isLoopback(request.getRemoteAddr())
                && LOOPBACK_NAMES.contains(request.getServerName())
                && !fromElsewhere
                // Proxies that say nothing still speak the first version by habit; clients no longer do.
                && !"HTTP/1.0".equals(request.getProtocol())
                && Collections.list(request.getHeaderNames()).stream()
                        .noneMatch(header -> PASSED_ON.matcher(header).matches());
    }

    private static String hostOf(String origin) {
        return origin.replaceFirst("^https?://", "").replaceFirst(":\\d+$", "");
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    private void refuse(Reason reason, String challenge, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Decision decision = new Decision(false, reason, Caller.anonymous(), "authenticate", null, null);
        request.setAttribute(Decision.class.getName(), decision);
        watchers.forEach(watcher -> watcher.decided(null, decision));
        response.setHeader("WWW-Authenticate", challenge);
        response.setHeader("Connection", "close");
        ahead.refuse(new RefusedException(Refusal.of(RefusalCode.UNAUTHENTICATED)), request, response);
    }
}
