package ml.keneya.security.trace;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.security.Admission;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A row of the trace as an AuditEvent in the patterns of IHE (Basic Audit Log Patterns 1.1.4). A pattern is claimed
 * where there is one: for successful reads, searches, creations, updates and deletions, with its patient where it was
 * exactly one. Several patients stand in one event.
 */
final class RendersTrace {

    private static final String PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String INTERACTIONS = "http://hl7.org/fhir/restful-interaction";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private static final Coding SOURCE = new Coding(DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(DICOM, "110152", "Destination Role ID");
    private static final Coding APPLICATION = new Coding(DICOM, "110150", "Application");
    private static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");

    private static final String QUERY = "Query";

    private static final Map<String, String> PATTERNS = Map.of(
            "read", "Read",
            "vread", "Read",
            "search-type", QUERY,
            "search-system", QUERY,
            "create", "Create",
            "update", "Update",
            "patch", "Update",
            "delete", "Delete");

    private static final Set<String> ADMISSIONS =
            Set.of(Admission.LOGIN, Admission.TOKEN, Admission.REVOCATION, Admission.USER_INFO);

    private final String base;

    /** @param base the address under which the exchange is asked */
    RendersTrace(String base) {
        this.base = base;
    }

    static String idOf(TracedEvent row) {
        return row.chain() + "." + row.position();
    }

    AuditEvent render(TracedEvent row) {
        TraceEvent event = row.event();
        String pattern = PATTERNS.get(event.what().interaction());
        AuditEvent rendered = new AuditEvent();
        rendered.setId(idOf(row));
        if (pattern != null && event.result().status() < 400 && namesWhatThePatternAsks(pattern, event.what())) {
            boolean onePatient = event.what().patients().size() == 1;
            rendered.getMeta().addProfile(PROFILES + (onePatient ? "Patient" : "") + pattern);
        }
        if (Admission.OPERATOR.equals(event.what().interaction())) {
            rendered.setType(new Coding(DICOM, "110113", "Security Alert"));
            rendered.addSubtype(new Coding(DICOM, "110137", "User Security Attributes Changed"));
        } else if (ADMISSIONS.contains(event.what().interaction())) {
            admission(rendered, event.what().interaction());
        } else {
            rendered.setType(
                    new Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "Restful Operation"));
            rendered.addSubtype(interaction(event.what().interaction()));
        }
        rendered.setAction(AuditEventAction.fromCode(AuditAction.of(event.what().interaction())));
        rendered.setRecordedElement(new InstantType(event.at().toString()));
        outcome(rendered, event.result());
        agents(rendered, event, "Read".equals(pattern), "Delete".equals(pattern));
        rendered.getSource().getObserver().getIdentifier().setValue(base);
        entities(rendered, row);
        return rendered;
    }

    /**
     * A pattern for one record names that record; of a conditional update or deletion the row has the condition alone.
     */
    private static boolean namesWhatThePatternAsks(String pattern, TraceEvent.What what) {
        return QUERY.equals(pattern) || (what.type() != null && what.id() != null);
    }

    /** DICOM has words for people who come and go; a system that fetches a token comes in the same way. */
    private static void admission(AuditEvent rendered, String kind) {
        rendered.setType(new Coding(DICOM, "110114", "User Authentication"));
        rendered.addSubtype(
                Admission.REVOCATION.equals(kind)
                        ? new Coding(DICOM, "110123", "Logout")
                        : new Coding(DICOM, "110122", "Login"));
    }

    private static Coding interaction(String interaction) {
        return interaction.startsWith("$")
                ? new Coding(INTERACTIONS, "operation", interaction)
                : new Coding().setSystem(INTERACTIONS).setCode(interaction.equals("get-page") ? "search" : interaction);
    }

    private static void outcome(AuditEvent rendered, TraceEvent.Result result) {
        if (result.status() < 400) {
            rendered.setOutcome(AuditEventOutcome._0);
            return;
        }
        rendered.setOutcome(result.status() < 500 ? AuditEventOutcome._4 : AuditEventOutcome._8);
        rendered.setOutcomeDesc(
                result.reason() == null
                        ? "HTTP " + result.status()
                        : "HTTP " + result.status() + " " + result.reason());
    }

    private void agents(AuditEvent rendered, TraceEvent event, boolean reading, boolean deleting) {
        TraceEvent.Who who = event.who();
        AuditEventAgentComponent client = rendered.addAgent().setRequestor(true);
        client.getType().addCoding(deleting ? APPLICATION : reading ? DESTINATION : SOURCE);
        client.getWho().getIdentifier().setValue(who.client());
        client.addRole().setText(who.role());
        if (who.purpose() != null) {
            Coding purpose = new Coding()
                    .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActReason")
                    .setCode(who.purpose());
            client.addPurposeOfUse().addCoding(purpose);
            rendered.addPurposeOfEvent().addCoding(purpose);
        }
        client.getNetwork()
                .setAddress(who.address() == null ? "?" : who.address())
                .setType(AuditEventAgentNetworkType._2);
        AuditEventAgentComponent server = rendered.addAgent().setRequestor(false);
        server.getType().addCoding(deleting ? CUSTODIAN : reading ? SOURCE : DESTINATION);
        server.getWho().getIdentifier().setValue(base);
        server.getNetwork().setAddress(base).setType(AuditEventAgentNetworkType._5);
        if (who.facility() != null) {
            AuditEventAgentComponent facility = rendered.addAgent().setRequestor(false);
            facility.getType()
                    .addCoding(new Coding(
                            "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider"));
            facility.getWho().getIdentifier().setValue(who.facility());
        }
    }

    private static void entities(AuditEvent rendered, TracedEvent row) {
        TraceEvent event = row.event();
        TraceEvent.What what = event.what();
        AuditEventEntityComponent transaction = rendered.addEntity();
        transaction.setType(new Coding()
                .setSystem("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType")
                .setCode("XrequestId"));
        transaction.getWhat().getIdentifier().setValue(event.request() == null ? "?" : event.request());
        transaction.addDetail().setType("hash").setValue(new StringType(row.hash()));
        if (event.result().decision() != null) {
            transaction
                    .addDetail()
                    .setType("decision")
                    .setValue(new StringType(event.result().decision()));
        }
        if (event.result().matches() != null) {
            transaction
                    .addDetail()
                    .setType("matches")
                    .setValue(new StringType(event.result().matches().toString()));
        }
        asked(rendered, what, PATTERNS.get(what.interaction()));
        what.patients()
                .forEach(patient ->
                        entity(rendered, "1", "Person", "1", "Patient").setWhat(new Reference("Patient/" + patient)));
    }

    /**
     * In the patterns one entity says what was asked: a search has its query there and no record, and what was asked of
     * one record beside its id (which elements, on which condition) stands in the record's own entity.
     */
    private static void asked(AuditEvent rendered, TraceEvent.What what, @Nullable String pattern) {
        boolean searching = QUERY.equals(pattern);
        boolean oneRecord = what.type() != null && what.id() != null;
        if (oneRecord && !searching) {
            AuditEventEntityComponent data = entity(rendered, "2", "System Object", "4", "Domain Resource")
                    .setWhat(new Reference(what.type() + "/" + what.id()));
            if (pattern != null && what.query() != null) {
                data.setQuery(asked(what));
            }
        }
        if (searching || !oneRecord || (pattern == null && what.query() != null)) {
            entity(rendered, "2", "System Object", "24", "Query").setQuery(asked(what));
        }
    }

    private static byte[] asked(TraceEvent.What what) {
        String path = Stream.of(what.type(), what.id()).filter(Objects::nonNull).collect(Collectors.joining("/"));
        return (path + (what.query() == null ? "" : "?" + what.query())).getBytes(StandardCharsets.UTF_8);
    }

    private static AuditEventEntityComponent entity(
            AuditEvent rendered, String type, String typeName, String role, String roleName) {
        return rendered.addEntity()
                .setType(new Coding(ENTITY_TYPE, type, typeName))
                .setRole(new Coding(ENTITY_ROLE, role, roleName));
    }
}
