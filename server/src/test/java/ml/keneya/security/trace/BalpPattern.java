package ml.keneya.security.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;

/**
 * What the profiles of IHE's Basic Audit Log Patterns 1.1.4 constrain (IHE.BasicAudit.Read, Query, Create, Update,
 * Delete and each with Patient in front; https://profiles.ihe.net/ITI/BALP/1.1.4/artifacts.html). Their package is in
 * no registry that a build may ask, so that they are said here again, in the order in which IHE says them.
 *
 * @param subtypes codes of FHIR's interactions, exactly one of which must be there
 * @param client the type of the agent that asks
 * @param server the type of the agent that answers
 * @param query whether the entity of type 2 is a search, which names no record
 * @param patient whether exactly one entity is a patient
 */
record BalpPattern(String action, Set<String> subtypes, Coding client, Coding server, boolean query, boolean patient) {

    private static final String PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

    private static final Coding SOURCE = new Coding(DICOM, "110153", null);
    private static final Coding DESTINATION = new Coding(DICOM, "110152", null);
    private static final Coding APPLICATION = new Coding(DICOM, "110150", null);
    private static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", null);
    private static final Coding REQUEST_ID =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId", null);
    private static final Coding OBJECT = new Coding(ENTITY_TYPE, "2", null);
    private static final Coding PERSON = new Coding(ENTITY_TYPE, "1", null);

    private static final Map<String, BalpPattern> WITHOUT_PATIENT = Map.of(
            "Read", new BalpPattern("R", Set.of("read", "vread"), DESTINATION, SOURCE, false, false),
            "Query",
                    new BalpPattern(
                            "E", Set.of("search", "search-type", "search-system"), SOURCE, DESTINATION, true, false),
            "Create", new BalpPattern("C", Set.of("create"), SOURCE, DESTINATION, false, false),
            "Update", new BalpPattern("U", Set.of("update", "patch"), SOURCE, DESTINATION, false, false),
            "Delete", new BalpPattern("D", Set.of("delete"), APPLICATION, CUSTODIAN, false, false));

    /** What the event breaks of the pattern that it claims; a sentence each, none when it conforms. */
    static List<String> faults(AuditEvent event) {
        String claimed = claimed(event);
        BalpPattern pattern = WITHOUT_PATIENT.get(claimed.replaceFirst("^Patient", ""));
        if (pattern == null) {
            return List.of("claims no pattern of BALP: " + claimed);
        }
        return new BalpPattern(
                        pattern.action,
                        pattern.subtypes,
                        pattern.client,
                        pattern.server,
                        pattern.query,
                        claimed.startsWith("Patient"))
                .check(event);
    }

    /** The pattern's name without IHE's prefix; empty when none is claimed. */
    static String claimed(AuditEvent event) {
        return event.getMeta().getProfile().stream()
                .map(profile -> profile.getValue())
                .filter(profile -> profile.startsWith(PROFILES))
                .map(profile -> profile.substring(PROFILES.length()))
                .findFirst()
                .orElse("");
    }

    private List<String> check(AuditEvent event) {
        Faults faults = new Faults();
        faults.unless(
                event.getType().getCode().equals("rest")
                        && event.getType().getSystem().endsWith("/audit-event-type"),
                "type is rest");
        faults.unless(
                event.getSubtype().stream()
                                .filter(subtype -> "http://hl7.org/fhir/restful-interaction".equals(subtype.getSystem())
                                        && subtypes.contains(subtype.getCode()))
                                .count()
                        == 1,
                "one subtype is its interaction");
        faults.unless(event.hasAction() && event.getAction().toCode().equals(action), "action is " + action);
        faults.unless(event.hasRecorded(), "recorded is there");
        faults.unless(event.getOutcome() == AuditEventOutcome._0, "outcome is 0");
        agent(event, client, "client", faults);
        agent(event, server, "server", faults);
        transaction(event, faults);
        object(event, faults);
        if (patient) {
            patient(event, faults);
        }
        return faults.found;
    }

    private static void agent(AuditEvent event, Coding type, String name, Faults faults) {
        List<AuditEventAgentComponent> agents = event.getAgent().stream()
                .filter(agent -> agent.getType().getCoding().stream().anyMatch(is(type)))
                .toList();
        faults.unless(agents.size() == 1, "one agent is the " + name);
        agents.forEach(agent -> {
            faults.unless(agent.hasWho(), name + ".who is there");
            faults.unless(agent.hasNetwork(), name + ".network is there");
            faults.unless(!agent.hasMedia(), name + ".media is not there");
        });
    }

    private static void transaction(AuditEvent event, Faults faults) {
        List<AuditEventEntityComponent> transactions = ofType(event, REQUEST_ID);
        faults.unless(transactions.size() <= 1, "at most one entity is the transaction");
        faults.unless(
                transactions.stream()
                        .allMatch(entity -> entity.getWhat().getIdentifier().hasValue()),
                "the transaction has the request's id");
    }

    private void object(AuditEvent event, Faults faults) {
        List<AuditEventEntityComponent> objects = ofType(event, OBJECT);
        faults.unless(objects.size() == 1, "one entity is of type 2");
        for (AuditEventEntityComponent object : objects) {
            if (query) {
                faults.unless(is(new Coding(ROLE, "24", null)).test(object.getRole()), "query.role is 24");
                faults.unless(object.hasQuery(), "query.query is there");
                faults.unless(
                        !object.hasWhat() && !object.hasLifecycle() && !object.hasDetail(),
                        "query has no what, lifecycle, detail");
            } else {
                faults.unless(
                        List.of("3", "4", "20")
                                        .contains(
                                                String.valueOf(object.getRole().getCode()))
                                && ROLE.equals(object.getRole().getSystem()),
                        "data.role is 3, 4 or 20");
                faults.unless(object.hasWhat(), "data.what is there");
            }
        }
    }

    private static void patient(AuditEvent event, Faults faults) {
        List<AuditEventEntityComponent> people = ofType(event, PERSON);
        faults.unless(people.size() == 1, "one entity is of type 1");
        people.forEach(person -> {
            faults.unless(is(new Coding(ROLE, "1", null)).test(person.getRole()), "patient.role is 1");
            faults.unless(
                    String.valueOf(person.getWhat().getReference()).startsWith("Patient/"),
                    "patient.what is a reference to a Patient");
        });
    }

    private static List<AuditEventEntityComponent> ofType(AuditEvent event, Coding type) {
        return event.getEntity().stream()
                .filter(entity -> is(type).test(entity.getType()))
                .toList();
    }

    private static Predicate<Coding> is(Coding wanted) {
        return coding -> wanted.getSystem().equals(coding.getSystem())
                && wanted.getCode().equals(coding.getCode());
    }

    private static final class Faults {

        private final List<String> found = new ArrayList<>();

        void unless(boolean holds, String rule) {
            if (!holds) {
                found.add(rule);
            }
        }
    }
}
