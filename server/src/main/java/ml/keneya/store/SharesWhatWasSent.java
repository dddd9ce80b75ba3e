package ml.keneya.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.store.AddressedRecords.Sent;

/**
 * Shows a service what was sent to it. Records that are asked for by id are looked up, whatever else was sent; a search
 * looks through the newest that was sent.
 */
interface SharesWhatWasSent extends SharesRecords {

    AddressedRecords addressed();

    /** Paths of the references that send something to the service. */
    Set<String> addresses();

    /**
     * What is open through records that were sent to the service, in their order.
     *
     * @param types that matter: what costs a look at other records may be left out for others
     */
    Set<RecordId> openedBy(List<Sent> sent, Predicate<String> types);

    @Override
    default Set<RecordId> shared(Collection<RecordId> records, Caller caller) {
        Set<RecordId> asked = records.stream()
                .filter(record -> mayShare(record.type(), caller))
                .collect(Collectors.toSet());
        if (asked.isEmpty() || caller.facility() == null) {
            return Set.of();
        }
        Set<String> types = asked.stream().map(RecordId::type).collect(Collectors.toSet());
        asked.retainAll(openedBy(addressed().to(caller.facility(), addresses(), asked), types::contains));
        return asked;
    }

    @Override
    default List<String> newest(String type, Caller caller, int most) {
        return caller.facility() == null
                ? List.of()
                : openedBy(addressed().to(caller.facility(), addresses()), type::equals).stream()
                        .filter(record -> type.equals(record.type()))
                        .map(RecordId::id)
                        .limit(most)
                        .toList();
    }
}
