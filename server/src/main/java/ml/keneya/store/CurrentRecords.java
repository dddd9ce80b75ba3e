package ml.keneya.store;

import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import ml.keneya.conformance.Canonicals;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds one record by its id with one question that PostgreSQL keeps a plan for: for arrays it makes one each time.
 * Outside of HAPI's session, so it does not see what an open transaction has not yet sent.
 */
@Component
class CurrentRecords {

    /** Whom nothing belongs to. */
    static final String NOBODY = "";

    private static final String COLUMNS = """
            record.res_id, record.res_ver, record.res_updated,
            version.res_published, version.source_uri, version.request_id, version.res_encoding,
            """;

    /** A version that is missing, or content that lies elsewhere, is HAPI's to find. */
    private static final String IS_CURRENT = "record.res_deleted_at is null and version.res_ver = record.res_ver";

    private static final String NAMED = " where record.res_type = ? and record.fhir_id = ?";

    // The limit keeps PostgreSQL from reading the content twice, for the owner that is shown and the one compared.
    private static final String WITH_OWNER = "select " + COLUMNS + "version.owner, case when version.owner = ? and "
            + IS_CURRENT + " then version.res_text_vc end as content" + """
             from hfj_resource record
            left join lateral (
                select history.*,
                       jsonb_path_query_first(
                           history.res_text_vc::jsonb,
                           '$.meta.security[*] ? (@.system == $system).code',
                           jsonb_build_object('system', cast(? as text))) #>> '{}' as owner
                from hfj_res_ver history
                where history.res_id = record.res_id and history.res_deleted_at is null
                order by history.res_ver desc limit 1) version on true
            """ + NAMED;

    private static final String WHOSEVER = "select " + COLUMNS + "null as owner, version.res_text_vc as content" + """
             from hfj_resource record
            left join hfj_res_ver version on version.res_id = record.res_id and\s""" + IS_CURRENT + NAMED;

    private final JdbcClient jdbc;

    CurrentRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A record that exists, or existed.
     *
     * @param owner the facility it is of; a deleted one stays its owner's
     * @param version its current version, not of any session; absent when it is deleted, when HAPI must look for it, or
     *     when it was asked for somebody else than its owner
     */
    record Found(
            Optional<String> owner, Optional<ResourceHistoryTable> version) {}

    /** @param reader the facility that gets the version if the record is its own, or {@link #NOBODY} */
    Optional<Found> findFor(String reader, RecordId record) {
        return jdbc.sql(WITH_OWNER)
                .param(reader)
                .param(Canonicals.OWNER)
                .param(record.type())
                .param(record.id())
                .query((row, number) -> read(row, record))
                .optional();
    }

    /** The record whosever it is, for whom may see it on other grounds. */
    Optional<Found> find(RecordId record) {
        return jdbc.sql(WHOSEVER)
                .param(record.type())
                .param(record.id())
                .query((row, number) -> read(row, record))
                .optional();
    }

    private static Found read(ResultSet row, RecordId record) throws SQLException {
        String content = row.getString("content");
        return new Found(
                Optional.ofNullable(row.getString("owner")),
                content == null ? Optional.empty() : Optional.of(version(row, record, content)));
    }

    private static ResourceHistoryTable version(ResultSet row, RecordId record, String content) throws SQLException {
        ResourceHistoryTable version = new ResourceHistoryTable();
        version.setResourceId(row.getLong("res_id"));
        version.setResourceType(record.type());
        version.setTransientForcedId(record.id());
        version.setFhirVersion(FhirVersionEnum.R4);
        version.setVersion(row.getLong("res_ver"));
        version.setUpdated(row.getTimestamp("res_updated"));
        version.setPublished(row.getTimestamp("res_published"));
        version.setSourceUri(row.getString("source_uri"));
        version.setRequestId(row.getString("request_id"));
        version.setEncoding(encoding(row.getString("res_encoding")));
        version.setResourceTextVc(content);
        return version;
    }

    private static ResourceEncodingEnum encoding(@Nullable String stored) {
        return stored == null ? ResourceEncodingEnum.JSON : ResourceEncodingEnum.valueOf(stored);
    }
}
