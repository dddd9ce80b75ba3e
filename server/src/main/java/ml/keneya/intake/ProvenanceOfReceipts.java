package ml.keneya.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows receipts as Provenance: who sent a record, for which facility, when it was received, which bytes it came in,
 * and what its sender had written as its source (decision 16). The receipt and the change log are written with every
 * bundle anyway and share its transaction, so that this costs nothing until somebody asks.
 */
@Component
public class ProvenanceOfReceipts {

    private static final int MOST = 50;
    private static final String PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String SELECT = """
            select receipt.id, receipt.client, receipt.facility, receipt.key, receipt.digest, receipt.received_at,
                   receipt.sources,
                   array(select concat(change.resource_type, '/', change.resource_id, '/_history/', change.version)
                         from keneya.change change
                         where change.transaction_id = receipt.transaction_id and change.epoch = receipt.epoch
                         order by change.seq) as targets
            from keneya.receipt receipt
            """;

    private final JdbcClient jdbc;

    ProvenanceOfReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest deliveries that wrote a record, newest first, as far as the caller may see them. */
    List<Provenance> of(String type, String id, Caller caller) {
        return jdbc
                .sql(SELECT + """
                        where exists (
                            select from keneya.change change
                            where change.resource_type = :type and change.resource_id = :id
                              and change.transaction_id = receipt.transaction_id and change.epoch = receipt.epoch)
                          and (cast(:facility as text) is null or receipt.facility = :facility)
                        order by receipt.received_at desc limit :most
                        """)
                .param("type", type)
                .param("id", id)
                .param("facility", KeptDelivery.seesAll(caller) ? null : String.valueOf(caller.facility()))
                .param("most", MOST)
                .query(Source::read)
                .list()
                .stream()
                .map(ProvenanceOfReceipts::render)
                .toList();
    }

    /**
     * The Provenance of deliveries, in the order of the map, for whoever may see every record. A receipt that is not
     * kept is left out.
     *
     * @param targets by receipt: the only records that are named as targets
     */
    public List<Provenance> of(Map<UUID, List<String>> targets) {
        Map<UUID, Source> found = new HashMap<>();
        jdbc.sql(SELECT + " where receipt.id = any(:ids::uuid[])")
                .param("ids", targets.keySet().stream().map(UUID::toString).toArray(String[]::new))
                .query(Source::read)
                .list()
                .forEach(source -> found.put(source.id(), source));
        List<Provenance> rendered = new ArrayList<>();
        targets.forEach((id, named) -> {
            Source source = found.get(id);
            if (source != null) {
                rendered.add(render(source.naming(named)));
            }
        });
        return rendered;
    }

    Optional<Provenance> find(UUID id, Caller caller) {
        return jdbc.sql(SELECT + " where receipt.id = :id")
                .param("id", id)
                .query(Source::read)
                .optional()
                .filter(source -> source.isVisibleTo(caller))
                .map(ProvenanceOfReceipts::render);
    }

    private static Provenance render(Source source) {
        Provenance provenance = new Provenance();
        provenance.setId(source.id().toString());
        Arrays.stream(source.targets()).forEach(target -> provenance.addTarget(new Reference(target)));
        provenance.setRecordedElement(
                new InstantType(source.receivedAt().toInstant().toString()));
        ProvenanceAgentComponent agent = provenance.addAgent();
        agent.getType().addCoding().setSystem(PARTICIPANT).setCode("transmitter");
        agent.getWho().getIdentifier().setSystem(Canonicals.SOURCE).setValue(source.client());
        if (!source.facility().isEmpty()) {
            agent.getOnBehalfOf().getIdentifier().setSystem(Canonicals.FACILITY).setValue(source.facility());
        }
        name(provenance, Canonicals.DELIVERY, source.nameOfDelivery());
        // RFC 6920 names content by its digest; section 8.2.2 has the form for people.
        name(provenance, "urn:ietf:rfc:6920", "nih:sha-256;" + source.digest());
        Arrays.stream(source.sources()).forEach(written -> name(provenance, "urn:ietf:rfc:3986", written));
        return provenance;
    }

    private static void name(Provenance provenance, String system, String value) {
        provenance
                .addEntity()
                .setRole(ProvenanceEntityRole.SOURCE)
                .getWhat()
                .getIdentifier()
                .setSystem(system)
                .setValue(value);
    }

    private record Source(
            UUID id,
            String client,
            String facility,
            String key,
            String digest,
            OffsetDateTime receivedAt,
            String[] sources,
            String[] targets) {

        static Source read(ResultSet row, int number) throws SQLException {
            return new Source(
                    row.getObject("id", UUID.class),
                    row.getString("client"),
                    row.getString("facility"),
                    row.getString("key"),
                    row.getString("digest"),
                    row.getObject("received_at", OffsetDateTime.class),
                    (String[]) row.getArray("sources").getArray(),
                    (String[]) row.getArray("targets").getArray());
        }

        /** As it was when the receipt was written: one that is retired stands under another key (ReceiptLedger). */
        String nameOfDelivery() {
            String retired = "#" + id;
            return key.endsWith(retired) ? key.substring(0, key.length() - retired.length()) : key;
        }

        Source naming(List<String> others) {
            return new Source(id, client, facility, key, digest, receivedAt, sources, others.toArray(String[]::new));
        }

        boolean isVisibleTo(Caller caller) {
            return KeptDelivery.seesAll(caller) || facility.equals(caller.facility());
        }
    }
}
