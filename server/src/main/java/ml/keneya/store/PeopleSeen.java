package ml.keneya.store;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom the site that asks was found to treat, for as long as one request lasts: a person who is read by number is
 * looked at three times, before she is looked up, when she comes out of the storage and when she is shown. Only for
 * requests that change nothing, so that no treatment is remembered that a transaction took back.
 */
final class PeopleSeen {

    private static final String KEY = PeopleSeen.class.getName();

    private static final Set<RestOperationTypeEnum> READING =
            EnumSet.of(RestOperationTypeEnum.READ, RestOperationTypeEnum.VREAD);

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** From now on the request remembers, if it only reads. */
    static void begin(RequestDetails request, RestOperationTypeEnum operation) {
        // An entry of a bundle shares the memory of the bundle, which may write.
        if (READING.contains(operation) && !(request instanceof ServletSubRequestDetails)) {
            request.getUserData().put(KEY, new PeopleSeen());
        }
    }

    /** Of a request that does not remember, nobody. */
    static PeopleSeen of(@Nullable RequestDetails request) {
        return request != null && request.getUserData().get(KEY) instanceof PeopleSeen seen ? seen : new PeopleSeen();
    }

    boolean has(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        ids.add(id);
    }
}
