package ml.keneya.surveillance;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.PeopleShown;
import ml.keneya.store.RecordId;
import ml.keneya.store.RestrictedRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Reads lists of people and cases for a caller. Who works for no facility gets no row of what bears a label of
 * sensitivity, or of whose own record bears one; the trace notes each person that a list names.
 */
@Component
class ReadsLists {

    private static final String PERSON = "patient_id";
    private static final String CASE = "case_id";

    private final CountsFigures counts;
    private final RestrictedRecords restricted;
    private final ApplicationEventPublisher events;

    ReadsLists(CountsFigures counts, RestrictedRecords restricted, ApplicationEventPublisher events) {
        this.counts = counts;
        this.restricted = restricted;
        this.events = events;
    }

    /** The rows of a list, the names of its columns first. */
    List<List<@Nullable String>> read(String name, Scope scope, RequestDetails request) {
        List<List<@Nullable String>> rows = counts.list(name, scope);
        List<@Nullable String> columns = rows.get(0);
        if (Caller.of(request).role() == Role.AREA) {
            Set<String> people = restricted.people(values(rows, columns.indexOf(PERSON)));
            Set<String> cases = restrictedCases(values(rows, columns.indexOf(CASE)));
            rows.removeIf(holds(columns.indexOf(PERSON), people).or(holds(columns.indexOf(CASE), cases)));
        }
        Set<String> shown = values(rows, columns.indexOf(PERSON));
        if (!shown.isEmpty()) {
            events.publishEvent(new PeopleShown(shown, request));
        }
        return rows;
    }

    private Set<String> restrictedCases(Set<String> ids) {
        return restricted
                .among(ids.stream().map(id -> new RecordId("Condition", id)).toList())
                .stream()
                .map(RecordId::id)
                .collect(Collectors.toSet());
    }

    private static Predicate<List<@Nullable String>> holds(int column, Set<String> values) {
        return row -> column >= 0 && row.get(column) != null && values.contains(row.get(column));
    }

    private static Set<String> values(List<List<@Nullable String>> rows, int column) {
        return column < 0
                ? Set.of()
                : rows.stream()
                        .skip(1)
                        .map(row -> row.get(column))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }
}
