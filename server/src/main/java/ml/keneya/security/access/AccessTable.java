package ml.keneya.security.access;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.security.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which role may do what with which type of resource, and who may call which operation. What does not stand here is
 * denied. Which of the records of a type a role sees is decided record by record, in the storage.
 */
@Component
class AccessTable {

    /** Places and services: known to all who work in them, kept by the registry. */
    private static final Set<String> REGISTRY = Set.of("Organization", "Location", "HealthcareService");

    /** What "valid" means; holds nobody's data. */
    private static final Set<String> CONFORMANCE = Set.of(
            "StructureDefinition",
            "SearchParameter",
            "OperationDefinition",
            "CapabilityStatement",
            "ImplementationGuide",
            "CompartmentDefinition",
            "CodeSystem",
            "ValueSet",
            "ConceptMap",
            "NamingSystem",
            "Library",
            "Questionnaire",
            "Measure");

    /** Records that belong to the facility that brought them. */
    private static final Set<String> OWNED = Set.of(
            "RelatedPerson",
            "Practitioner",
            "PractitionerRole",
            "Device",
            "Group",
            "Encounter",
            "EpisodeOfCare",
            "Appointment",
            "Schedule",
            "Slot",
            "Immunization",
            "ImmunizationRecommendation",
            "AdverseEvent",
            "Observation",
            "Condition",
            "Procedure",
            "MedicationRequest",
            "AllergyIntolerance",
            "Coverage",
            "ServiceRequest",
            "DiagnosticReport",
            "Specimen",
            "Composition",
            "DocumentReference",
            "Communication",
            "Consent",
            "QuestionnaireResponse",
            "List",
            "Flag",
            "Task",
            "MeasureReport",
            "Provenance",
            "Bundle",
            "Binary",
            "Basic");

    /** What is read of a case to follow it up: which cases, the storage decides. */
    private static final Set<String> OF_CASES = Set.of("Patient", "Condition", "Encounter", "Immunization");

    /** What stands in a request to an expert. */
    private static final Set<String> OF_REQUESTS = Set.of(
            "ServiceRequest",
            "Patient",
            "Encounter",
            "Observation",
            "Condition",
            "Procedure",
            "AllergyIntolerance",
            "MedicationRequest",
            "Immunization",
            "DiagnosticReport",
            "Specimen",
            "DocumentReference",
            "QuestionnaireResponse",
            "Binary");

    /** What stands in a referral to a service of social affairs or child protection. */
    private static final Set<String> OF_REFERRALS = Set.of("Patient", "Group", "Flag");

    /** What somebody sent may hold anything about anybody. */
    private static final Set<String> OF_DELIVERIES = Set.of(
            "$quarantine",
            "$quarantine-entry",
            "$quarantine-content",
            "$quarantine-replay",
            "$quarantine-correct",
            "$quarantine-dismiss",
            "$quarantine-erase");

    /** Systems take and bring them (SMART Backend Services); people read record by record. */
    private static final Set<String> STOCKS =
            Set.of("$export", "$export-poll-status", "$export-file", "$import", "$import-poll-status");

    /** What others recorded of a person, too: who asks says what it is for. */
    private static final String SUMMARY = "$summary";

    /** Nobody's yet: what would have to hold for them is not built. */
    private static final Set<String> CLOSED = Set.of("Subscription");

    private static final String EVERY_TYPE = "*";
    private static final String READING = "rs";
    private static final String ALL = "cruds";

    private final Map<Role, Map<String, String>> types = new EnumMap<>(Role.class);
    private final Map<String, OperationRule> operations = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    AccessTable() {
        known.add("Patient");
        known.add("AuditEvent");
        Stream.of(REGISTRY, CONFORMANCE, OWNED, CLOSED).forEach(known::addAll);

        allow(Role.SITE, REGISTRY, READING);
        allow(Role.SITE, CONFORMANCE, READING);
        allow(Role.SITE, OWNED, ALL);
        // A person is a national record, which no site deletes.
        allow(Role.SITE, Set.of("Patient"), "crus");
        allow(Role.REGISTRAR, REGISTRY, ALL);
        allow(Role.REGISTRAR, CONFORMANCE, ALL);
        allow(Role.AUDITOR, Set.of("AuditEvent"), READING);
        // Whether the trace is whole, which is what it is read for.
        operations.put("AuditEvent/$verify", new OperationRule(Set.of(Role.AUDITOR), "AuditEvent", READING));
        allow(Role.AGENCY, REGISTRY, READING);
        allow(Role.AGENCY, CONFORMANCE, READING);
        allow(Role.AGENCY, Set.of("MeasureReport"), READING);
        allow(Role.AREA, REGISTRY, READING);
        allow(Role.AREA, CONFORMANCE, READING);
        // Alerts: which ones, the storage decides.
        for (Role role : List.of(Role.AREA, Role.AGENCY)) {
            allow(role, Set.of("Flag"), READING);
            allow(role, Set.of("Task"), "rus");
            allow(role, OF_CASES, READING);
        }

        // What was sent to them, which the storage decides. A hub's answers are kept as records of who asked.
        for (Role role : List.of(Role.EXPERT_HUB, Role.SOCIAL)) {
            allow(role, REGISTRY, READING);
            allow(role, CONFORMANCE, READING);
            allow(role, Set.of("Task"), "rus");
        }
        allow(Role.EXPERT_HUB, OF_REQUESTS, READING);
        allow(Role.EXPERT_HUB, Set.of("Communication"), "crs");
        allow(Role.SOCIAL, OF_REFERRALS, READING);

        // The words are public; so is asking about them.
        for (String operation : List.of(
                "ValueSet/$expand",
                "ValueSet/$validate-code",
                "CodeSystem/$lookup",
                "CodeSystem/$subsumes",
                "CodeSystem/$validate-code",
                "ConceptMap/$translate")) {
            allow(
                    operation,
                    "",
                    Role.SITE,
                    Role.EXPERT_HUB,
                    Role.AREA,
                    Role.AGENCY,
                    Role.SOCIAL,
                    Role.AUDITOR,
                    Role.REGISTRAR);
        }
        // Licensed and large code systems are loaded by who keeps conformance.
        for (String operation :
                List.of("CodeSystem/$load-concepts", "CodeSystem/$loaded-systems", "CodeSystem/$remove-concepts")) {
            allow(operation, ALL, Role.REGISTRAR);
        }
        allow("*/$validate", "", Role.SITE, Role.REGISTRAR);
        allow("Patient/$everything", READING, Role.SITE);
        // Of people it treats, and of others when it breaks the glass: the storage decides.
        allow("Patient/" + SUMMARY, READING, Role.SITE);
        // Deliveries: intake shows a site its own and nobody else's, the agency those that were refused.
        allow("$sync-report", "c", Role.SITE);
        allow("$quarantine-dismiss", "c", Role.SITE, Role.AGENCY);
        // Of these one reads what was delivered, by whichever client of the facility.
        allow("$delivery-status", "r", Role.SITE);
        for (String operation : List.of("$quarantine", "$quarantine-entry", "$quarantine-content")) {
            allow(operation, "r", Role.SITE, Role.AGENCY);
        }
        // These deliver anew, with all rights of a site.
        allow("$upload", ALL, Role.SITE);
        allow("$quarantine-replay", ALL, Role.SITE, Role.AGENCY);
        allow("$quarantine-correct", ALL, Role.SITE, Role.AGENCY);
        allow("$quarantine-erase", ALL, Role.AGENCY);
        // Rows of views tell of everybody; an area gets those about its people, the agency all under pseudonyms: the
        // views see to it.
        for (String operation : List.of(
                "$viewdefinition-run",
                "$sql-run",
                "ViewDefinition/$viewdefinition-run",
                "ViewDefinition/$run",
                "ViewDefinition/$sql-run")) {
            allow(operation, READING, Role.AREA, Role.AGENCY);
        }
        for (String operation :
                List.of("ViewDefinition/$status", "ViewDefinition/$rebuild", "ViewDefinition/$verify")) {
            allow(operation, ALL);
        }
        // Whole stocks of records.
        for (String operation : List.of(
                "$sql-export", "$sql-export-status", "$sql-export-result", "$sql-export-file", "$bulk-publish")) {
            allow(operation, ALL);
        }
        // Under pseudonyms for the agency, its own for a site: export decides what of which records.
        for (String operation : List.of("$export", "Patient/$export", "$export-poll-status", "$export-file")) {
            allow(operation, READING, Role.AGENCY, Role.SITE);
        }
        // Whose members are people, and which is a site's own like any record.
        allow("Group/$export", READING, Role.SITE);
        // Each line is judged like an entry of a batch.
        allow("$import", ALL, Role.SITE, Role.REGISTRAR);
        allow("$import-poll-status", ALL, Role.REGISTRAR);
        // A site gets the children that it follows, a district those of its places, and nobody else's.
        allow("Measure/$defaulters", READING, Role.SITE, Role.AREA);
        // The cases of its places, with the names that it needs to visit them.
        for (String operation : List.of("Measure/$line-list", "Measure/$incomplete-cases")) {
            allow(operation, READING, Role.AREA);
        }
        // Counts of which none tells of a person.
        allow("Measure/$idsr-publishable", READING, Role.AGENCY, Role.AREA, Role.SITE);
        // Counts without people: of its places for a district or region.
        for (String operation : List.of(
                "Measure/$idsr-weekly",
                "Measure/$idsr-rates",
                "Measure/$idsr-series",
                "Measure/$evaluate-measure",
                "Measure/$figures",
                "Measure/$rates",
                "Measure/$report-versions")) {
            allow(operation, READING, Role.AGENCY, Role.AREA);
        }
    }

    /** Whether somebody has thought about an operation, whoever may call it. */
    boolean hasRuleFor(@Nullable String type, String operation) {
        return rule(type, operation) != null;
    }

    /** Whether somebody has thought about a type, whoever may read it. */
    boolean knows(String type) {
        return known.contains(type);
    }

    /** @return why it is allowed, or why not */
    Reason judge(Caller caller, Scopes scopes, Wish wish) {
        if (caller.role().isUnrestricted()) {
            return Reason.UNRESTRICTED;
        }
        return switch (wish.interaction()) {
            case CAPABILITIES, API_PAGE -> Reason.PUBLIC;
            case OPERATION -> judgeOperation(caller, scopes, wish);
            case OTHER, HISTORY_TYPE, HISTORY_SYSTEM -> refusal(caller, Reason.NO_RULE);
            // Its entries are judged one by one.
            case TRANSACTION ->
                types.getOrDefault(caller.role(), Map.of()).isEmpty()
                        ? refusal(caller, Reason.ROLE_FORBIDS)
                        : Reason.ROLE_AND_SCOPE;
            // To whom it belongs is written on it.
            case PAGE ->
                types.containsKey(caller.role()) ? Reason.ROLE_AND_SCOPE : refusal(caller, Reason.ROLE_FORBIDS);
            case SEARCH_SYSTEM -> judgeAll(caller, scopes, wish.typesToSearch());
            default ->
                judge(
                        caller,
                        scopes,
                        String.valueOf(wish.type()),
                        wish.interaction().letter());
        };
    }

    /** Whether what somebody was given may be shown to the caller. */
    boolean mayShow(Caller caller, Scopes scopes, String type) {
        return READING.chars().anyMatch(letter -> isAllowed(judge(caller, scopes, type, (char) letter)));
    }

    /** The scopes that the token of a system must have for what its role may do. */
    List<Scope> scopesFor(Wish wish) {
        return switch (wish.interaction()) {
            case OPERATION -> {
                OperationRule rule = rule(wish.type(), String.valueOf(wish.operation()));
                yield rule == null ? Scopes.ALL.each() : List.of(Scope.ofSystem(rule.type(), rule.letters()));
            }
            case TRANSACTION -> Scopes.ALL.each();
            case SEARCH_SYSTEM ->
                wish.typesToSearch().stream()
                        .map(type -> Scope.ofSystem(type, "s"))
                        .toList();
            default ->
                List.of(Scope.ofSystem(
                        String.valueOf(wish.type()), "" + wish.interaction().letter()));
        };
    }

    /** Whether it must be a request of its own, so that the trace has a row for it and its purpose. */
    static boolean standsAlone(Wish wish) {
        return SUMMARY.equals(wish.operation());
    }

    static boolean isAllowed(Reason reason) {
        return reason == Reason.UNRESTRICTED || reason == Reason.PUBLIC || reason == Reason.ROLE_AND_SCOPE;
    }

    private Reason judgeOperation(Caller caller, Scopes scopes, Wish wish) {
        String operation = Objects.requireNonNull(wish.operation());
        OperationRule rule = rule(wish.type(), operation);
        if (rule == null) {
            return refusal(caller, Reason.NO_RULE);
        }
        if (!rule.roles().contains(caller.role())) {
            return refusal(caller, Reason.ROLE_FORBIDS);
        }
        if (!rule.isCoveredBy(scopes)) {
            return Reason.SCOPE_FORBIDS;
        }
        if (STOCKS.contains(operation) && !scopes.areOfSystem()) {
            return Reason.SCOPE_FORBIDS;
        }
        if (SUMMARY.equals(operation)) {
            return caller.readsForCare() ? Reason.ROLE_AND_SCOPE : Reason.PURPOSE_MISSING;
        }
        return OF_DELIVERIES.contains(operation) ? withPurpose(caller) : Reason.ROLE_AND_SCOPE;
    }

    private Reason judgeAll(Caller caller, Scopes scopes, List<String> wanted) {
        return wanted.stream()
                .map(type -> judge(caller, scopes, type, Interaction.SEARCH_SYSTEM.letter()))
                .filter(reason -> !isAllowed(reason))
                .findFirst()
                .orElse(wanted.isEmpty() ? refusal(caller, Reason.NO_RULE) : Reason.ROLE_AND_SCOPE);
    }

    private Reason judge(Caller caller, Scopes scopes, String type, char letter) {
        if (caller.role().isUnrestricted()) {
            return Reason.UNRESTRICTED;
        }
        String letters = types.getOrDefault(caller.role(), Map.of()).getOrDefault(type, "");
        if (letters.indexOf(letter) < 0) {
            return refusal(caller, knows(type) ? Reason.ROLE_FORBIDS : Reason.NO_RULE);
        }
        if (!scopes.allow(type, letter)) {
            return Reason.SCOPE_FORBIDS;
        }
        return OF_CASES.contains(type) ? withPurpose(caller) : Reason.ROLE_AND_SCOPE;
    }

    /** A district reads of its own people by its office; the agency says why it reads of anybody's. */
    private static Reason withPurpose(Caller caller) {
        return caller.role() == Role.AGENCY && !caller.readsForPublicHealth()
                ? Reason.PURPOSE_MISSING
                : Reason.ROLE_AND_SCOPE;
    }

    private static Reason refusal(Caller caller, Reason otherwise) {
        return caller.role() == Role.ANONYMOUS ? Reason.NO_TOKEN : otherwise;
    }

    private @Nullable OperationRule rule(@Nullable String type, String operation) {
        OperationRule own = operations.get(type == null ? operation : type + "/" + operation);
        return own == null && type != null ? operations.get("*/" + operation) : own;
    }

    private void allow(Role role, Collection<String> names, String letters) {
        names.forEach(
                name -> types.computeIfAbsent(role, each -> new HashMap<>()).put(name, letters));
    }

    private void allow(String operation, String letters, Role... roles) {
        operations.put(operation, new OperationRule(Set.of(roles), EVERY_TYPE, letters));
    }
}
