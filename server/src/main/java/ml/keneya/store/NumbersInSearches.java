package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.util.UrlUtil;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.HugeNumber;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses a search for a number that would take all memory to write out, wherever the search is written. */
@Interceptor(order = 10)
@Component
public class NumbersInSearches implements FhirContribution {

    private static final Pattern WITH_EXPONENT =
            Pattern.compile("(?:^|[,$])(?:[a-z]{2})?([+-]?[0-9.]{1,50}[eE][+-]?[0-9]{1,50})");

    private final KeptSearchParameters searchParameters;

    NumbersInSearches(KeptSearchParameters searchParameters) {
        this.searchParameters = searchParameters;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    void check(RequestDetails request) {
        check(request.getParameters());
    }

    /** @param search of a bundle's entry, for example {@code Observation?value-quantity=gt5} */
    public void check(@Nullable String search) {
        if (search != null && search.contains("=")) {
            check(UrlUtil.parseQueryString(search.substring(search.indexOf('?') + 1)));
        }
    }

    private void check(Map<String, String[]> parameters) {
        parameters.forEach((name, values) -> {
            // A chain or a reverse chain ends in the parameter that is compared.
            if (Arrays.stream(name.split("[.:]")).anyMatch(searchParameters.numeric()::contains)) {
                Arrays.stream(values).forEach(value -> check(name, value));
            }
        });
    }

    private static void check(String name, String value) {
        Matcher number = WITH_EXPONENT.matcher(value);
        while (number.find()) {
            if (HugeNumber.is(number.group(1))) {
                throw new RefusedException(Refusal.of(RefusalCode.HUGE_NUMBER, name, HugeNumber.LARGEST_EXPONENT));
            }
        }
    }
}
