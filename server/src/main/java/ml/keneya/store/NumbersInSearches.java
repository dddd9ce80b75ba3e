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

/**
 * Refuses a search for a number that would take all memory to write out, and one near a place that is none, wherever
 * the search is written.
 */
@Interceptor(order = 10)
@Component
public class NumbersInSearches implements FhirContribution {

    private static final Pattern WITH_EXPONENT =
            Pattern.compile("(?:^|[,$])(?:[a-z]{2})?([+-]?[0-9.]{1,50}[eE][+-]?[0-9]{1,50})");

    /**
     * Latitude and longitude in degrees, perhaps a distance and its unit (FHIR R4, Location, search parameter near).
     */
    private static final Pattern PLACE =
            Pattern.compile("(-?[0-9]{1,2}(?:\\.[0-9]{1,20})?)\\|(-?[0-9]{1,3}(?:\\.[0-9]{1,20})?)"
                    + "(?:\\|[0-9]{1,7}(?:\\.[0-9]{1,20})?(?:\\|[a-zA-Z_\\[\\]]{0,20})?)?");

    private static final String NEAR = "near";
    private static final double LARGEST_LATITUDE = 90;
    private static final double LARGEST_LONGITUDE = 180;

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
            if (name.equals(NEAR) || name.endsWith("." + NEAR) || name.endsWith(":" + NEAR)) {
                Arrays.stream(values)
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .forEach(value -> checkPlace(name, value));
            }
        });
    }

    /** HAPI would begin the search and fail at it. */
    private static void checkPlace(String name, String value) {
        Matcher place = PLACE.matcher(value);
        boolean onEarth = place.matches()
                && Math.abs(Double.parseDouble(place.group(1))) <= LARGEST_LATITUDE
                && Math.abs(Double.parseDouble(place.group(2))) <= LARGEST_LONGITUDE;
        if (!onEarth) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.BAD_PARAMETER, name, value.substring(0, Math.min(value.length(), 100))));
        }
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
