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
import java.util.Set;
import java.util.regex.Pattern;
import ml.keneya.fhir.AnswersAhead;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.security.Decision;
import ml.keneya.security.Reason;
import ml.keneya.security.WatchesDecisions;
import ml.keneya.security.issuer.Verdict;
import ml.keneya.security.token.AccessSettings.WithoutToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything else of the FHIR interface and finds out who is calling. Whoever shows a token that is not
 * good is refused, from wherever it comes and whatever it asks for.
 */
class LetsCallersIn extends OncePerRequestFilter {

    private static final Verdict.Refused NOTHING_SHOWN =
            new Verdict.Refused(Caller.anonymous(), Reason.NO_TOKEN, Refusal.of(RefusalCode.UNAUTHENTICATED));

    /** By then its keys are asked for again. */
    private static final String SECONDS_FOR_AN_ISSUER = "10";

    /** Any of these tells of a proxy, behind which loopback is no longer whoever sits at the machine. */
    private static final Pattern PASSED_ON =
            Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|x-original-.*|via", Pattern.CASE_INSENSITIVE);

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> OTHER_PAGES = Set.of("cross-site", "same-site");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ReadsBearers bearers;
    private final AccessSettings settings;
    private final AnswersAhead ahead;
    private final List<WatchesDecisions> watchers;

    LetsCallersIn(ReadsBearers bearers, AccessSettings settings, AnswersAhead ahead, List<WatchesDecisions> watchers) {
        this.bearers = bearers;
        this.settings = settings;
        this.ahead = ahead;
        this.watchers = List.copyOf(watchers);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Verdict verdict = bearers.read(request).orElse(null);
        if (verdict instanceof Verdict.Refused refused) {
            refuse(refused, request, response);
            return;
        }
        if (verdict instanceof Verdict.LetIn holder) {
            holder.caller().bringTo(request);
            holder.scopes().bringTo(request);
        } else if (settings.withoutToken() == WithoutToken.LOCAL && isAtTheMachine(request)) {
            Caller.local().bringTo(request);
        } else if (READING.contains(request.getMethod())) {
            Caller.anonymous().bringTo(request);
        } else {
            // Nothing that is written is for everybody, so its body need not be read.
            refuse(NOTHING_SHOWN, request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isAtTheMachine(HttpServletRequest request) {
        // A page from elsewhere, also from another port, that a browser at this machine shows asks under its own name;
        // for what it embeds it gives no name, but says that it is another page's.
        String origin = request.getHeader("Origin");
        String own = request.getScheme() + "://" + request.getHeader("Host");
        boolean fromElsewhere = origin != null && !origin.equalsIgnoreCase(own)
                || OTHER_PAGES.contains(String.valueOf(request.getHeader("Sec-Fetch-Site")));
        return isLoopback(request.getRemoteAddr())
                && LOOPBACK_NAMES.contains(request.getServerName())
                && !fromElsewhere
                // Proxies that say nothing still speak the first version by habit; clients no longer do.
                && !"HTTP/1.0".equals(request.getProtocol())
                && Collections.list(request.getHeaderNames()).stream()
                        .noneMatch(header -> PASSED_ON.matcher(header).matches());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    private void refuse(Verdict.Refused refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Decision decision = new Decision(false, refused.reason(), refused.caller(), "authenticate", null, null);
        request.setAttribute(Decision.class.getName(), decision);
        refused.caller().bringTo(request);
        watchers.forEach(watcher -> watcher.decided(null, decision));
        switch (refused.reason()) {
            case NO_TOKEN -> response.setHeader("WWW-Authenticate", "Bearer");
            case BAD_TOKEN -> response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            case ISSUER_AWAY -> response.setHeader("Retry-After", SECONDS_FOR_AN_ISSUER);
            default -> response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        }
        response.setHeader("Connection", "close");
        ahead.refuse(new RefusedException(refused.refusal()), request, response);
    }
}
