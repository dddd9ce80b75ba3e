package ml.keneya.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to an abuse case, and what of it breaks what holds for all of them.
 *
 * @param asked method and address
 * @param accept the format that was asked for
 * @param id what the request was called, nothing where the test gave it a name itself
 * @param header the first value of each header of the answer, nothing where there is none
 */
record WatchedAnswer(
        Asked asked,
        String accept,
        @Nullable String id,
        int status,
        UnaryOperator<@Nullable String> header,
        String body,
        Duration took) {

    /** That of the list of abuse cases, and far from what answers take. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Where software speaks OAuth (RFC 6749, 7009); people log in by a page, and elsewhere there is nothing to ask. */
    private static final Pattern OAUTH = Pattern.compile("/oauth2/(token|revoke)");

    /** Of a request that calls the server by a name that is not its own, wherever it leads. */
    private static final int MISDIRECTED = 421;

    private static final Set<Integer> REFUSED_ACCESS = Set.of(401, 403, 429);
    private static final Pattern NO_PERSON_DATA = Pattern.compile(
            "/fhir/(metadata|api-docs|swagger-ui|\\.well-known|CapabilityStatement|CodeSystem|CompartmentDefinition"
                    + "|ConceptMap|ImplementationGuide|Library|NamingSystem|OperationDefinition|SearchParameter"
                    + "|StructureDefinition|ValueSet|ViewDefinition)(/.*)?");

    /** The page of the container, where no application has seen the request: the status and its words, and no more. */
    private static final Pattern STATUS_ALONE = Pattern.compile(
            "(?i)<!doctype html><html lang=\"en\"><head><title>([^<>]*)</title><style[^<>]*>[^<>]*</style></head>"
                    + "<body><h1>\\1</h1></body></html>");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As it was sent, also where it is no address at all. */
    record Asked(String method, String address) {

        static Asked of(String method, URI uri) {
            return new Asked(method, uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        }

        String path() {
            return address.replaceFirst("\\?.*", "");
        }

        boolean isFhir() {
            return path().matches("/fhir(/.*)?");
        }

        @Override
        public String toString() {
            return method + " " + (address.length() > 200 ? address.substring(0, 200) + "…" : address);
        }
    }

    List<String> faults(Set<Demand> exempt) {
        List<String> faults = new ArrayList<>();
        if (!exempt.contains(Demand.IN_TIME) && status != 202 && took.compareTo(LONGEST) > 0) {
            faults.add("took " + took);
        }
        if (status >= 500 && !(status == 503 && exempt.contains(Demand.NO_FAULT))) {
            faults.add("is a fault");
        }
        JsonNode json = json();
        for (JsonNode entry : json.path("entry")) {
            String inside = entry.at("/response/status").asText();
            if (inside.startsWith("5") && !exempt.contains(Demand.NO_FAULT)) {
                faults.add("has an entry with the fault " + inside);
            }
        }
        if (status >= 400 && !exempt.contains(Demand.IN_FORM) && !isInForm(json)) {
            faults.add("is a refusal in no form for it: " + header.apply("Content-Type"));
        }
        if (!exempt.contains(Demand.NOTHING_OF_ITSELF)) {
            Insides.in(body).forEach(inside -> faults.add("shows " + inside));
        }
        return faults;
    }

    private boolean isInForm(JsonNode json) {
        String type = String.valueOf(header.apply("Content-Type"));
        if (asked.method().equals("HEAD")) {
            return body.isEmpty();
        }
        if (!isOfTheServer()) {
            return body.isEmpty() || STATUS_ALONE.matcher(body).matches();
        }
        if (asked.isFhir() && asksForXml()) {
            return type.startsWith("application/fhir+xml") && body.contains("<OperationOutcome");
        }
        if (asked.isFhir() || status == MISDIRECTED) {
            return (type.startsWith("application/fhir+json") || type.startsWith("application/json+fhir"))
                    && json.path("resourceType").asText().equals("OperationOutcome")
                    && !json.path("issue").isEmpty();
        }
        return !OAUTH.matcher(asked.path()).matches() || type.startsWith("application/json") && json.has("error");
    }

    private boolean asksForXml() {
        return accept.contains("xml") || asked.address().matches(".*[?&]_format=[^&]*xml.*");
    }

    /** The container refuses by itself what is no request; every answer of ours bears the headers that protect. */
    private boolean isOfTheServer() {
        return header.apply("X-Content-Type-Options") != null;
    }

    /** Whether a row of the trace must tell of it. */
    boolean mustLeaveARow() {
        if (!asked.isFhir() || !isOfTheServer() || status == MISDIRECTED) {
            return false;
        }
        return REFUSED_ACCESS.contains(status)
                || !NO_PERSON_DATA.matcher(asked.path()).matches();
    }

    private JsonNode json() {
        if (!body.startsWith("{")) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException none) {
            return JSON.missingNode();
        }
    }

    String described() {
        return asked + " → " + status + " " + (body.length() > 600 ? body.substring(0, 600) + "…" : body);
    }
}
