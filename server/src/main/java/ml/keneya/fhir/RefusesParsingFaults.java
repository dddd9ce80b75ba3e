package ml.keneya.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.fhir.ParsingFault.Kind;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;

/**
 * Refuses a body that holds what HAPI's parser would leave out: a record is kept whole or not at all. HAPI parses
 * between the two hooks used here, on the thread of the request.
 */
@Interceptor(order = -1000)
class RefusesParsingFaults {

    /** Nobody corrects more of them at once. */
    private static final int MOST_NAMED = 50;

    private final NotesParsingFaults faults;
    private final LocatesParsingFaults locator;

    RefusesParsingFaults(NotesParsingFaults faults, LocatesParsingFaults locator) {
        this.faults = faults;
        this.locator = locator;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    void beforeParsing() {
        faults.begin();
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void afterParsing(RequestDetails request) {
        List<ParsingFault> noted = faults.end();
        if (noted.isEmpty()) {
            return;
        }
        List<ParsingFault> located = located(noted, request);
        List<Refusal> refusals = located.stream()
                .distinct()
                .limit(MOST_NAMED)
                .map(ParsingFault::asRefusal)
                .toList();
        if ("$validate".equals(request.getOperation())) {
            FaultsInReading.attach(refusals, request);
        } else if (!isBatch(request) || !UnreadableEntries.attach(located, request)) {
            throw new RefusedException(refusals, List.of());
        }
    }

    /** A body that could not be parsed at all never reaches the second hook. */
    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED)
    void afterwards() {
        faults.end();
    }

    private List<ParsingFault> located(List<ParsingFault> noted, RequestDetails request) {
        List<ParsingFault> located = new ArrayList<>(locator.in(request.loadRequestContents()));
        Set<Kind> found = located.stream().map(ParsingFault::kind).collect(Collectors.toSet());
        noted.stream().filter(fault -> !found.contains(fault.kind())).forEach(located::add);
        return located;
    }

    private static boolean isBatch(RequestDetails request) {
        return request.getResourceName() == null
                && request.getResource() instanceof Bundle bundle
                && bundle.getType() == BundleType.BATCH;
    }
}
