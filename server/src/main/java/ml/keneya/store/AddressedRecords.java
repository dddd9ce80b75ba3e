package ml.keneya.store;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.conformance.Canonicals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What sites have sent to a service to act on: requests and tasks that name its Organization, and what stands in them.
 * A site can name only records that it sees, so whoever is addressed reads what the sender chose to show.
 */
@Component
class AddressedRecords {

    /** The newest of them; older ones are no longer asked for. */
    private static final int MOST = 2_000;

    static final Pattern REFERENCE =
            Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");

    private static final String TO_THE_SERVICE = """
            join hfj_res_link link on link.src_resource_id = record.res_id and link.src_path = any(:paths)
            join hfj_resource service on service.res_id = link.target_resource_id and service.res_deleted_at is null
            join hfj_spidx_token code on code.res_id = service.res_id and code.hash_sys_and_value = :code
            where record.res_deleted_at is null
            """;

    private final JdbcClient jdbc;

    AddressedRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A record as it is stored, with its labels as {@code system|code} and all that it refers to. */
    record Sent(RecordId id, Set<String> labels, Set<RecordId> refersTo) {}

    /**
     * @param service the code of the service, which the registry gives its Organization
     * @param paths of the references that address it, for example {@code Task.owner}
     * @return the newest first
     */
    List<Sent> to(String service, Set<String> paths) {
        return read(
                "select distinct record.res_id from hfj_resource record " + TO_THE_SERVICE, addressed(service, paths));
    }

    /**
     * Those of {@link #to(String, Set)}, old ones too, through which one of the records can be open: because they are
     * it, lead to it, lead to the document whose file it is, or to the request that it answers.
     */
    List<Sent> to(String service, Set<String> paths, Set<RecordId> opened) {
        List<RecordId> wanted = List.copyOf(opened);
        return wanted.isEmpty() ? List.of() : read("""
                        with wanted as (
                            select type, id from unnest(:types::text[], :ids::text[]) as wanted (type, id)),
                        near as (
                            select type, id from wanted
                            union
                            select document.source_type, document.source_id
                            from wanted join keneya.sent_reference document
                              on document.target_type = wanted.type and document.target_id = wanted.id
                            where wanted.type = 'Binary'
                            union
                            select request.res_type, request.fhir_id
                            from wanted
                            join hfj_resource answer on answer.res_type = wanted.type and answer.fhir_id = wanted.id
                            join hfj_res_link link
                              on link.src_resource_id = answer.res_id and link.src_path = 'Communication.basedOn'
                            join hfj_resource request on request.res_id = link.target_resource_id
                            where wanted.type = 'Communication'),
                        sent as (
                            select type, id from near
                            union
                            select reference.source_type, reference.source_id
                            from near join keneya.sent_reference reference
                              on reference.target_type = near.type and reference.target_id = near.id)
                        select record.res_id
                        from sent join hfj_resource record on record.res_type = sent.type and record.fhir_id = sent.id
                        """ + TO_THE_SERVICE, with(wanted, addressed(service, paths)));
    }

    private static Map<String, Object> addressed(String service, Set<String> paths) {
        long code = ResourceIndexedSearchParamToken.calculateHashSystemAndValue(
                new PartitionSettings(),
                RequestPartitionId.defaultPartition(),
                "Organization",
                "identifier",
                Canonicals.FACILITY,
                service);
        return Map.of("code", code, "paths", paths.toArray(String[]::new));
    }

    /** Those of the records that there are. */
    List<Sent> of(Set<RecordId> records) {
        List<RecordId> wanted = List.copyOf(records);
        return wanted.isEmpty() ? List.of() : read("""
                        select record.res_id
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        join hfj_resource record on record.res_type = wanted.type and record.fhir_id = wanted.id
                          and record.res_deleted_at is null
                        """, with(wanted, Map.of()));
    }

    private List<Sent> read(String keys, Map<String, Object> parameters) {
        return jdbc.sql("select record.res_type, record.fhir_id, " + """
                        array(select concat(label ->> 'system', '|', label ->> 'code')
                              from jsonb_array_elements(history.res_text_vc::jsonb #> '{meta,security}') label
                        ) as labels,
                        array((select reference #>> '{}' from jsonb_path_query(
                                  history.res_text_vc::jsonb, '$.**.reference ? (@.type() == "string")') reference
                              except
                              -- An expression has a reference too, which nobody has looked at when it was written.
                              select reference #>> '{}' from jsonb_path_query(
                                  history.res_text_vc::jsonb, '$.**.valueExpression.reference') reference)
                              union
                              -- Nor at the address of a file: it must be of whoever owns what it is attached to.
                              select reference #>> '{}' from jsonb_path_query(
                                  history.res_text_vc::jsonb, '$.content[*].attachment.url') reference
                              where exists (
                                  select from hfj_resource file
                                  join hfj_res_ver stored
                                    on stored.res_id = file.res_id and stored.res_ver = file.res_ver
                                  where file.res_type = 'Binary' and reference #>> '{}' = 'Binary/' || file.fhir_id
                                    and jsonb_path_query_first(stored.res_text_vc::jsonb, :owner::jsonpath)
                                        = jsonb_path_query_first(history.res_text_vc::jsonb, :owner::jsonpath))
                        ) as referred
                        from hfj_resource record
                        join hfj_res_ver history
                          on history.res_id = record.res_id and history.res_ver = record.res_ver
                        where record.res_id in (%s)
                        order by history.res_updated desc, record.res_id desc limit :most
                        """.formatted(keys))
                .params(parameters)
                .param("most", MOST)
                .param("owner", "$.meta.security[*] ? (@.system == \"" + Canonicals.OWNER + "\").code")
                .query((row, number) -> new Sent(
                        new RecordId(row.getString("res_type"), row.getString("fhir_id")),
                        Set.copyOf(List.of((String[]) row.getArray("labels").getArray())),
                        records((String[]) row.getArray("referred").getArray())))
                .list();
    }

    private static Set<RecordId> records(String[] references) {
        Set<RecordId> records = new HashSet<>();
        for (String reference : references) {
            Matcher parts = REFERENCE.matcher(reference);
            if (parts.matches()) {
                records.add(new RecordId(parts.group(1), parts.group(2)));
            }
        }
        return records;
    }

    /** Those that refer to one of the records by the path, the newest first. */
    List<Sent> about(Set<RecordId> records, String path) {
        List<RecordId> wanted = List.copyOf(records);
        return wanted.isEmpty() ? List.of() : read("""
                        select record.res_id
                        from unnest(:types::text[], :ids::text[]) as wanted (type, id)
                        join hfj_resource about on about.res_type = wanted.type and about.fhir_id = wanted.id
                        join hfj_res_link link on link.target_resource_id = about.res_id and link.src_path = :path
                        join hfj_resource record
                          on record.res_id = link.src_resource_id and record.res_deleted_at is null
                        """, with(wanted, Map.of("path", path)));
    }

    private static Map<String, Object> with(List<RecordId> wanted, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("types", wanted.stream().map(RecordId::type).toArray(String[]::new));
        parameters.put("ids", wanted.stream().map(RecordId::id).toArray(String[]::new));
        return parameters;
    }
}
