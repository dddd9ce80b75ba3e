package ml.keneya.security.token;

import jakarta.servlet.http.HttpServletRequest;
import ml.keneya.fhir.BaseAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What issuer and audience of a token are called: the exchange, and its FHIR interface. */
@Component
class Addresses {

    private static final String FHIR = "/fhir";

    private final BaseAddress base;

    Addresses(BaseAddress base) {
        this.base = base;
    }

    String fhirBase(HttpServletRequest request) {
        return base.of(request);
    }

    String issuer(HttpServletRequest request) {
        return issuerOf(base.of(request));
    }

    /** The audience of a token that the issuer gives out. */
    String fhirBaseOf(String issuer) {
        return base.fixed().orElse(issuer + FHIR);
    }

    /** Null when clients may come under several addresses. */
    @Nullable
    String fixedIssuer() {
        return base.fixed().map(Addresses::issuerOf).orElse(null);
    }

    private static String issuerOf(String fhirBase) {
        return fhirBase.endsWith(FHIR) ? fhirBase.substring(0, fhirBase.length() - FHIR.length()) : fhirBase;
    }
}
