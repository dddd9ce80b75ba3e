package ml.keneya.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.SensitivityLabels;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which records bear a label of sensitivity, which keeps them from all who work for no facility. */
@Component
public class RestrictedRecords {

    private final JdbcClient jdbc;

    RestrictedRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the records that bear one now, or bore one when they were deleted. */
    public Set<RecordId> among(Collection<RecordId> records) {
        return bearing(
                records,
                Stream.concat(SensitivityLabels.RESTRICTING.stream(), SensitivityLabels.FORBIDDING_THE_NAME.stream()));
    }

    /** Ids of those of the people whose own record bears one that keeps it from others, or bore one when deleted. */
    public Set<String> people(Collection<String> ids) {
        return bearing(
                        ids.stream().map(id -> new RecordId("Patient", id)).toList(),
                        SensitivityLabels.RESTRICTING.stream())
                .stream()
                .map(RecordId::id)
                .collect(Collectors.toSet());
    }

    private Set<RecordId> bearing(Collection<RecordId> records, Stream<String> labels) {
        if (records.isEmpty()) {
            return Set.of();
        }
        List<RecordId> asked = List.copyOf(records);
        return new HashSet<>(jdbc.sql("""
                        select record.res_type as type, record.fhir_id as id
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        join hfj_resource record on record.res_type = wanted.type and record.fhir_id = wanted.id
                        cross join lateral (
                            select history.res_text_vc::jsonb as content from hfj_res_ver history
                            where history.res_id = record.res_id and history.res_deleted_at is null
                            order by history.res_ver desc limit 1) version
                        where exists (
                            select from jsonb_array_elements(version.content #> '{meta,security}') label
                            where concat(label ->> 'system', '|', label ->> 'code') = any(:labels))
                        """)
                .param("types", asked.stream().map(RecordId::type).toArray(String[]::new))
                .param("ids", asked.stream().map(RecordId::id).toArray(String[]::new))
                .param("labels", labels.toArray(String[]::new))
                .query(RecordId.class)
                .list());
    }
}
