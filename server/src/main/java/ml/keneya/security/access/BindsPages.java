package ml.keneya.security.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.springframework.stereotype.Component;

/**
 * Writes on every link to a further page for whom it is, sealed, so that a page of somebody else's search is no page.
 */
@Interceptor(order = 20_000)
@Component
class BindsPages {

    private static final String SEAL = "_for";
    private static final Pattern PAGE = Pattern.compile("[?&]_getpages=([^&]+)");
    private static final String ALGORITHM = "HmacSHA256";

    private final PageSecrets secrets;

    BindsPages(PageSecrets secrets) {
        this.secrets = secrets;
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    void seal(RequestDetails request, ResponseDetails response) {
        Caller caller = Caller.of(request);
        if (caller.role().isUnrestricted() || !(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        seal(bundle, caller);
        bundle.getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(Bundle.class::isInstance)
                .forEach(answer -> seal((Bundle) answer, caller));
    }

    boolean belongTo(Caller caller, RequestDetails request) {
        String[] page = request.getParameters().get("_getpages");
        String[] given = request.getParameters().get(SEAL);
        return page != null
                && given != null
                && page.length == 1
                && given.length == 1
                && secrets.secrets().stream()
                        .anyMatch(secret -> MessageDigest.isEqual(
                                given[0].getBytes(StandardCharsets.UTF_8),
                                sealOf(page[0], caller, secret).getBytes(StandardCharsets.UTF_8)));
    }

    private void seal(Bundle bundle, Caller caller) {
        for (BundleLinkComponent link : bundle.getLink()) {
            Matcher page = PAGE.matcher(String.valueOf(link.getUrl()));
            if (page.find()) {
                String plain = link.getUrl().replaceAll("&" + SEAL + "=[^&]*", "");
                link.setUrl(plain + "&" + SEAL + "="
                        + sealOf(page.group(1), caller, secrets.secrets().get(0)));
            }
        }
    }

    private static String sealOf(String page, Caller caller, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] seal = mac.doFinal(
                    (caller.client() + "\n" + caller.facility() + "\n" + page).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Java has no " + ALGORITHM + ".", impossible);
        }
    }
}
