package ml.keneya.surveillance.alert;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.store.RecordId;
import ml.keneya.store.SharesRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows alerts with their verification to those who follow them up: to a district or region those of its places, to the
 * agency all. Where an alert is counts as the table of alerts has it, whatever its Flag or Task says.
 */
@Component
class ShowsAlerts implements SharesRecords {

    private static final Set<String> TYPES = Set.of("Flag", "Task");

    /**
     * Takes {@code everywhere} and {@code areas}. An alert on a facility is where the facility is; one whose place is
     * only the country is in no area but that.
     */
    static final String IN_AREAS = """
            from keneya.alert
            left join identified.facility facility on alert.division = 'health' and facility.code = alert.place
            where (cast(:everywhere as boolean) or exists (
                select from keneya.place_line line
                where line.above = any(:areas)
                  and (line.division, line.code) in (
                      (alert.division, alert.place),
                      ('2015', coalesce(facility.commune_2015, facility.cercle_2015, facility.region_2015)),
                      ('2023', coalesce(facility.cercle_2023, facility.region_2023)))))
            """;

    private final JdbcClient jdbc;

    ShowsAlerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean mayShare(String type, Caller caller) {
        return TYPES.contains(type) && caller.role().followsUp();
    }

    @Override
    public Set<RecordId> shared(Collection<RecordId> records, Caller caller) {
        Set<RecordId> asked = records.stream()
                .filter(record -> mayShare(record.type(), caller))
                .collect(Collectors.toCollection(HashSet::new));
        if (asked.isEmpty()) {
            return Set.of();
        }
        Set<String> seen =
                new HashSet<>(jdbc.sql("select alert.id::text " + IN_AREAS + " and alert.id::text = any(:ids)")
                        .param("everywhere", caller.role() == Role.AGENCY)
                        .param("areas", caller.areas().toArray(String[]::new))
                        .param("ids", asked.stream().map(RecordId::id).toArray(String[]::new))
                        .query(String.class)
                        .list());
        asked.removeIf(record -> !seen.contains(record.id()));
        return asked;
    }

    @Override
    public List<String> newest(String type, Caller caller, int most) {
        return jdbc.sql("select alert.id::text " + IN_AREAS + " order by alert.raised_at desc limit :most")
                .param("everywhere", caller.role() == Role.AGENCY)
                .param("areas", caller.areas().toArray(String[]::new))
                .param("most", most)
                .query(String.class)
                .list();
    }
}
