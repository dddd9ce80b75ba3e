package ml.keneya.store;

import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found when it was asked whether the caller may see something, for as long as one request lasts. A person who
 * is read by number is looked at three times, before she is looked up, when she comes out of the storage and when she
 * is shown; a record that was judged is the one that is shown. Only for requests that change nothing, so that nothing
 * is remembered that a transaction took back.
 */
final class SeenByCaller {

    private static final String KEY = SeenByCaller.class.getName();

    private static final Set<RestOperationTypeEnum> READING =
            EnumSet.of(RestOperationTypeEnum.READ, RestOperationTypeEnum.VREAD);

    private final boolean shown;
    private final Set<String> people = ConcurrentHashMap.newKeySet();
    private final Map<RecordId, ResourceHistoryTable> records = new ConcurrentHashMap<>();

    private SeenByCaller(boolean shown) {
        this.shown = shown;
    }

    /** Of whom nothing is remembered. */
    static SeenByCaller forgotten() {
        return new SeenByCaller(false);
    }

    /** From now on the request remembers, if it only reads. */
    static void begin(RequestDetails request, RestOperationTypeEnum operation) {
        // An entry of a bundle shares the memory of the bundle, which may write.
        if (READING.contains(operation) && !(request instanceof ServletSubRequestDetails)) {
            request.getUserData().put(KEY, new SeenByCaller(operation == RestOperationTypeEnum.READ));
        }
    }

    static SeenByCaller of(@Nullable RequestDetails request) {
        return request != null && request.getUserData().get(KEY) instanceof SeenByCaller seen ? seen : forgotten();
    }

    /** Whether the current version of the record that is asked about is what will be shown. */
    boolean isShownNext() {
        return shown;
    }

    boolean has(String person) {
        return people.contains(person);
    }

    void add(String person) {
        people.add(person);
    }

    void add(RecordId record, ResourceHistoryTable version) {
        records.put(record, version);
    }

    /** Gives a record away, once. */
    Optional<ResourceHistoryTable> take(RecordId record) {
        return Optional.ofNullable(records.remove(record));
    }
}
