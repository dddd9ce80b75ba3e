package ml.keneya.security.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.security.Reason;
import ml.keneya.security.issuer.OutsideTokens;
import ml.keneya.security.issuer.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the token that a request shows and has it judged: as one of the other issuer when it says that it is one, with
 * that issuer's keys alone, and otherwise as one of our own, with ours alone.
 */
@Component
class ReadsBearers {

    private static final Pattern SCHEME = Pattern.compile("[Bb]earer +");
    private static final int LONGEST_TOKEN = 8_000;
    private static final Pattern PURPOSE = Pattern.compile("[A-Z]{2,20}");

    /** Says why the caller reads (HL7 v3 PurposeOfUse). */
    private static final String PURPOSE_HEADER = "Keneya-Purpose";

    private final ChecksTokens tokens;
    private final OutsideTokens outside;
    private final Addresses addresses;

    ReadsBearers(ChecksTokens tokens, OutsideTokens outside, Addresses addresses) {
        this.tokens = tokens;
        this.outside = outside;
        this.addresses = addresses;
    }

    /** @return nothing when no token is shown */
    Optional<Verdict> read(HttpServletRequest request) {
        List<String> shown = Collections.list(request.getHeaders("Authorization"));
        if (shown.isEmpty() && !showsTokenInAddress(request)) {
            return Optional.empty();
        }
        return Optional.of(shown.size() == 1 && !showsTokenInAddress(request) ? judge(shown.get(0), request) : bad());
    }

    private Verdict judge(String header, HttpServletRequest request) {
        Matcher scheme = SCHEME.matcher(header);
        String token = scheme.lookingAt() ? header.substring(scheme.end()) : "";
        if (!isToken(token)) {
            return bad();
        }
        String purpose = purposeOf(request);
        String own = addresses.issuer(request);
        if (outside.issuer().filter(own::equals).isEmpty() && outside.claimsToBeOutside(token)) {
            return outside.check(token, addresses.fhirBase(request), purpose);
        }
        return tokens.check(token, own, addresses.fhirBase(request), purpose)
                .<Verdict>map(holder -> new Verdict.LetIn(holder.caller(), holder.scopes()))
                .orElseGet(ReadsBearers::bad);
    }

    /** RFC 6750, section 2.1. Not by an expression, which took a third of all the time that a token does. */
    private static boolean isToken(String shown) {
        int end = shown.length();
        while (end > 0 && shown.charAt(end - 1) == '=') {
            end--;
        }
        for (int index = 0; index < end; index++) {
            char letter = shown.charAt(index);
            boolean plain = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
            if (!plain && !(letter >= '0' && letter <= '9') && "._~+/-".indexOf(letter) < 0) {
                return false;
            }
        }
        return end > 0 && end <= LONGEST_TOKEN;
    }

    private static Verdict bad() {
        return new Verdict.Refused(Caller.anonymous(), Reason.BAD_TOKEN, Refusal.of(RefusalCode.UNAUTHENTICATED));
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
}
