package ml.keneya.surveillance.alert;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.store.RecordId;
import ml.keneya.store.ReferencesToPeople;
import ml.keneya.store.RestrictedRecords;
import ml.keneya.store.SharesRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows the cases of an alert to those who follow it up, with the person, the contact in which the case was found and
 * the vaccinations of the person: to a district or region while the event is open and some time after, to the agency
 * when it says that it reads for public health. Cases of which no alert was raised are shown to neither.
 */
@Component
class ShowsCases implements SharesRecords {

    /** Which column of the evidence holds the ids of a type. */
    private static final Map<String, String> COLUMNS =
            Map.of("Condition", "condition_id", "Patient", "patient_id", "Encounter", "encounter_id");

    private static final String VACCINATION = "Immunization";
    private static final String VACCINATED = "Immunization.patient";

    private static final String FOLLOWED = """
            from keneya.alert_evidence evidence
            where evidence.state <> 'withdrawn' and evidence.alert in (
                select alert.id %s and (alert.closed_at is null or alert.closed_at > now() - make_interval(secs => :after)))
            """.formatted(ShowsAlerts.IN_AREAS);

    private final JdbcClient jdbc;
    private final ReferencesToPeople references;
    private final RestrictedRecords restricted;
    private final AlertSettings settings;

    ShowsCases(JdbcClient jdbc, ReferencesToPeople references, RestrictedRecords restricted, AlertSettings settings) {
        this.jdbc = jdbc;
        this.references = references;
        this.restricted = restricted;
        this.settings = settings;
    }

    @Override
    public boolean mayShare(String type, Caller caller) {
        return (COLUMNS.containsKey(type) || VACCINATION.equals(type))
                && caller.role().followsUp();
    }

    @Override
    public Set<RecordId> shared(Collection<RecordId> records, Caller caller) {
        if (!mayAsk(caller)) {
            return Set.of();
        }
        Map<String, Set<String>> asked = records.stream()
                .filter(record -> mayShare(record.type(), caller))
                .collect(Collectors.groupingBy(RecordId::type, Collectors.mapping(RecordId::id, Collectors.toSet())));
        Set<RecordId> shared = new HashSet<>();
        asked.forEach((type, ids) -> seen(type, ids, caller).forEach(id -> shared.add(new RecordId(type, id))));
        return shared;
    }

    @Override
    public List<String> newest(String type, Caller caller, int most) {
        if (!mayAsk(caller)) {
            return List.of();
        }
        return VACCINATION.equals(type)
                ? references.about(unrestricted(newestOf("Patient", caller, most)), VACCINATED, most)
                : newestOf(type, caller, most);
    }

    private static boolean mayAsk(Caller caller) {
        return caller.role() == Role.AREA || (caller.role() == Role.AGENCY && caller.readsForPublicHealth());
    }

    private Set<String> seen(String type, Set<String> ids, Caller caller) {
        if (VACCINATION.equals(type)) {
            Map<String, String> people = references.named(ids, VACCINATED);
            people.values().retainAll(unrestricted(seen("Patient", new HashSet<>(people.values()), caller)));
            return people.keySet();
        }
        String column = COLUMNS.get(type);
        return new HashSet<>(
                asking("select evidence.%1$s %2$s and evidence.%1$s = any(:ids)".formatted(column, FOLLOWED), caller)
                        .param("ids", ids.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** Whose own record a label keeps back has vaccinations that tell of nobody. */
    private Set<String> unrestricted(Collection<String> people) {
        Set<String> left = new LinkedHashSet<>(people);
        restricted
                .among(people.stream().map(id -> new RecordId("Patient", id)).toList())
                .forEach(person -> left.remove(person.id()));
        return left;
    }

    private List<String> newestOf(String type, Caller caller, int most) {
        return asking("""
                        select evidence.%1$s %2$s and evidence.%1$s is not null
                        group by evidence.%1$s order by max(evidence.noted_at) desc limit :most
                        """.formatted(COLUMNS.get(type), FOLLOWED), caller)
                .param("most", most)
                .query(String.class)
                .list();
    }

    private JdbcClient.StatementSpec asking(String statement, Caller caller) {
        return jdbc.sql(statement)
                .param("everywhere", caller.role() == Role.AGENCY)
                .param("areas", caller.areas().toArray(String[]::new))
                .param("after", settings.casesShownAfterClosing().toSeconds());
    }
}
