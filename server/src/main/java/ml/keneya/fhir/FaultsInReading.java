package ml.keneya.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;

/**
 * What could not be read of a body that is only to be judged. Sent to be stored it would have been refused for these
 * alone.
 */
public final class FaultsInReading {

    private static final String ATTRIBUTE = FaultsInReading.class.getName();

    private final List<Refusal> refusals;

    private FaultsInReading(List<Refusal> refusals) {
        this.refusals = refusals;
    }

    public static List<Refusal> of(RequestDetails request) {
        return request.getUserData().get(ATTRIBUTE) instanceof FaultsInReading faults ? faults.refusals : List.of();
    }

    static void attach(List<Refusal> refusals, RequestDetails request) {
        request.getUserData().put(ATTRIBUTE, new FaultsInReading(refusals));
    }
}
