package ml.keneya.views.operation;

import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.RecordChunks;
import ml.keneya.store.RecordSource;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is in a group now. */
@Component
class GroupMembers {

    private final JdbcClient jdbc;
    private final RecordChunks records;
    private final RecordSource source;

    GroupMembers(JdbcClient jdbc, RecordChunks records, RecordSource source) {
        this.jdbc = jdbc;
        this.records = records;
        this.source = source;
    }

    /** @return ids of people */
    List<String> of(String group) {
        return records.current(jdbc, "Group", List.of(group)).stream()
                .findFirst()
                .map(version -> (Group) source.read(version))
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, "Group/" + group)))
                .getMember()
                .stream()
                .filter(member -> !member.getInactive())
                .map(member -> new IdType(member.getEntity().getReference()))
                .filter(id -> "Patient".equals(id.getResourceType()))
                .map(IdType::getIdPart)
                .toList();
    }
}
