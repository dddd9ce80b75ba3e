package ml.keneya.store;

import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps where the references of requests, tasks and documents lead, so that {@link AddressedRecords} finds what opens a
 * record without reading everything that was ever sent. It judges nothing.
 */
@Component
class SentReferences implements FollowsWrites {

    private static final Set<String> SOURCES = Set.of("ServiceRequest", "Task", "DocumentReference");

    private final JdbcClient jdbc;

    SentReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One statement for what is new and two for what was there, whatever the number; none for other types. */
    @Override
    public void follow(List<WrittenRecord> written) {
        List<RecordStored> sources = written.stream()
                .map(WrittenRecord::change)
                .filter(change -> SOURCES.contains(change.resourceType()))
                .toList();
        if (sources.isEmpty()) {
            return;
        }
        String[] types = sources.stream().map(RecordStored::resourceType).toArray(String[]::new);
        String[] ids = sources.stream().map(RecordStored::id).toArray(String[]::new);
        if (sources.stream().anyMatch(change -> change.version() > 1)) {
            jdbc.sql("""
                            delete from keneya.sent_reference reference
                            using unnest(:types::text[], :ids::text[]) as written (type, id)
                            where reference.source_type = written.type and reference.source_id = written.id
                            """).param("types", types).param("ids", ids).update();
        }
        // The stored text is read, like by those who judge: what is no reference there leads nowhere.
        jdbc.sql("""
                        insert into keneya.sent_reference (target_type, target_id, source_type, source_id)
                        select distinct found.parts[1], found.parts[2], record.res_type, record.fhir_id
                        from unnest(:types::text[], :ids::text[]) as written (type, id)
                        join hfj_resource record on record.res_type = written.type and record.fhir_id = written.id
                          and record.res_deleted_at is null
                        join hfj_res_ver history
                          on history.res_id = record.res_id and history.res_ver = record.res_ver
                        cross join lateral (
                            select regexp_match(reference #>> '{}', :reference) as parts
                            from (select jsonb_path_query(
                                      history.res_text_vc::jsonb, '$.**.reference ? (@.type() == "string")')
                                  union
                                  select jsonb_path_query(
                                      history.res_text_vc::jsonb, '$.content[*].attachment.url')) as each (reference)
                        ) as found
                        where found.parts is not null
                          and (record.res_type <> 'DocumentReference' or found.parts[1] = 'Binary')
                        """)
                .param("types", types)
                .param("ids", ids)
                .param("reference", "^" + AddressedRecords.REFERENCE + "$")
                .update();
    }
}
