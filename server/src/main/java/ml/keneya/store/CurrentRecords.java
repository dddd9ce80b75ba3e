package ml.keneya.store;

import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.StreamSupport;
import ml.keneya.conformance.Canonicals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds one record by its id with one question that PostgreSQL keeps a plan for: for arrays it makes one each time.
 * Outside of HAPI's session, so it does not see what an open transaction has not yet sent.
 */
@Component
class CurrentRecords {

    private static final String COLUMNS = """
            select record.res_id, record.res_ver, record.res_updated, record.res_deleted_at,
                   version.res_ver as version, version.res_published, version.source_uri, version.request_id,
                   version.res_encoding, version.res_text_vc
            """;

    /** The last version that is no deletion, because a deleted record stays its owner's. */
    private static final String VERSION = """
            left join lateral (
                select * from hfj_res_ver history
                where history.res_id = record.res_id and history.res_deleted_at is null
                order by history.res_ver desc limit 1) version on true
            """;

    private static final String RECORD =
            COLUMNS + "from hfj_resource record " + VERSION + "where record.res_type = ? and record.fhir_id = ?";

    /**
     * Begins with whether she is treated: of others nothing more is looked at, whether they exist or not. Without the
     * fence PostgreSQL would be free to begin with her record.
     */
    static final String TREATED = COLUMNS + """
            from (select patient_id from keneya.treatment
                  where facility = ? and patient_id = ? offset 0) treated
            join hfj_resource record on record.res_type = 'Patient' and record.fhir_id = treated.patient_id
            """ + VERSION;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;

    CurrentRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A record that exists, or existed.
     *
     * @param owner the facility it is of
     * @param version its current version, not of any session; absent when it is deleted, or when it lies where only
     *     HAPI looks
     */
    record Found(Optional<String> owner, Optional<ResourceHistoryTable> version) {}

    Optional<Found> find(RecordId record) {
        return jdbc.sql(RECORD)
                .param(record.type())
                .param(record.id())
                .query((row, number) -> read(row, record))
                .optional();
    }

    /** The person's record if the facility treats her. */
    Optional<Found> findTreated(String patient, String facility) {
        RecordId record = new RecordId("Patient", patient);
        return jdbc.sql(TREATED)
                .param(facility)
                .param(patient)
                .query((row, number) -> read(row, record))
                .optional();
    }

    private static Found read(ResultSet row, RecordId record) throws SQLException {
        String content = row.getString("res_text_vc");
        if (content == null) {
            return new Found(Optional.empty(), Optional.empty());
        }
        boolean current =
                row.getTimestamp("res_deleted_at") == null && row.getLong("version") == row.getLong("res_ver");
        return new Found(ownerIn(content), current ? Optional.of(version(row, record, content)) : Optional.empty());
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
        version.setEncoding(ResourceEncodingEnum.valueOf(row.getString("res_encoding")));
        version.setResourceTextVc(content);
        return version;
    }

    /** HAPI writes {@code meta} near the beginning, and nothing behind it is read. */
    private static Optional<String> ownerIn(String content) {
        try (JsonParser parser = JSON.createParser(content)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean meta = parser.currentName().equals("meta");
                parser.nextToken();
                if (meta) {
                    JsonNode labels = JSON.<JsonNode>readTree(parser).path("security");
                    return StreamSupport.stream(labels.spliterator(), false)
                            .filter(label ->
                                    Canonicals.OWNER.equals(label.path("system").asText()))
                            .map(label -> label.path("code").asText())
                            .filter(code -> !code.isEmpty())
                            .findFirst();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException spoilt) {
            // Whose it is cannot be told, so it is nobody's.
            return Optional.empty();
        }
    }
}
