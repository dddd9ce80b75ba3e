package ml.keneya.fhir;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Under which address clients know the FHIR interface, without a slash at the end. */
@Component
public class BaseAddress {

    private final Optional<String> fixed;

    BaseAddress(FhirSettings settings) {
        this.fixed = Optional.ofNullable(settings.baseUrl()).map(URI::toString).map(BaseAddress::withoutSlash);
    }

    /** The address that was configured; nothing when clients may come under several. */
    public Optional<String> fixed() {
        return fixed;
    }

    /** The address that was configured, else the one that the request came in under. */
    public String of(HttpServletRequest request) {
        return fixed.orElseGet(() -> {
            String whole = request.getRequestURL().toString();
            String root =
                    whole.substring(0, whole.length() - request.getRequestURI().length());
            return root + FhirServerConfiguration.PATH;
        });
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
