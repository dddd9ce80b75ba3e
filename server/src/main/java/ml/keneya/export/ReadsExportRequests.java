package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.export.ExportRequest.Associated;
import ml.keneya.export.ExportRequest.Scope;
import ml.keneya.export.pseudonymised.Pseudonymisation;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.ServedTypes;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Understands {@code $export} of Bulk Data Access 3.0. What it does not support it refuses, unless the client has said
 * {@code Prefer: handling=lenient}; then it leaves it out and says so.
 */
@Component
class ReadsExportRequests {

    /** What comes with the server or is the trace of its use is only exported when it is named. */
    private static final Set<String> ON_DEMAND = Set.of(
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
            "Measure",
            "AuditEvent",
            "Subscription");

    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

    /** What is looked at for these is not looked at within the rights of who asks. */
    private static final Set<String> FOR_EVERYTHING =
            Set.of("_typeFilter", "organizeOutputBy", "includeAssociatedData");

    /** A person, and what she was before she got a label, or between which two instants something came. */
    private static final Set<String> HIDDEN_FROM_THE_PSEUDONYMISED = Set.of("patient", "_until");

    private static final Set<String> KNOWN = Set.of(
            "_outputFormat",
            "_since",
            "_until",
            "_type",
            "_typeFilter",
            "_elements",
            "patient",
            "organizeOutputBy",
            "includeAssociatedData",
            "allowPartialManifests",
            "_format",
            "_pretty");

    private static final Map<String, Associated> ASSOCIATED =
            Map.of("LatestProvenanceResources", Associated.LATEST, "RelevantProvenanceResources", Associated.RELEVANT);

    private final FhirContext context;
    private final ServedTypes served;
    private final PatientCompartment compartment;
    private final Pseudonymisation pseudonymisation;

    ReadsExportRequests(
            FhirContext context,
            ServedTypes served,
            PatientCompartment compartment,
            Pseudonymisation pseudonymisation) {
        this.context = context;
        this.served = served;
        this.compartment = compartment;
        this.pseudonymisation = pseudonymisation;
    }

    /** @param ignored names of parameters that were left out because the client is lenient */
    record Read(ExportRequest request, List<String> ignored) {}

    Read read(Scope scope, @Nullable String group, Audience audience, ServletRequestDetails details) {
        Preference preference = Preference.of(details.getHeaders("Prefer"));
        if (!preference.asynchronous()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_NOT_ASYNCHRONOUS));
        }
        ExportParameters parameters = ExportParameters.read(details, context);
        List<String> ignored = new ArrayList<>();
        parameters = withinRights(parameters, audience, preference, ignored);
        for (String name : parameters.names()) {
            boolean fits = KNOWN.contains(name) && !(scope == Scope.SYSTEM && "patient".equals(name));
            if (!fits) {
                ignore(name, preference, ignored);
            }
        }
        for (String format : parameters.all("_outputFormat")) {
            // A plus in an address that was not escaped arrives as a space.
            if (!FORMATS.contains(format.strip().replace(' ', '+').toLowerCase(Locale.ROOT))) {
                throw bad("_outputFormat", format);
            }
        }
        Instant since = instant(parameters, "_since");
        Instant until = instant(parameters, "_until");
        if (since != null && until != null && since.isAfter(until)) {
            throw bad("_until", until.toString());
        }
        String organizedBy = organizedBy(parameters, preference, ignored);
        Associated associated = associated(parameters, organizedBy, preference, ignored);
        Set<String> possible =
                new TreeSet<>(scope == Scope.SYSTEM && organizedBy == null ? served.names() : compartment.types());
        Set<String> withheld = withheld(possible, audience, parameters);
        List<String> types = types(possible, parameters, preference, ignored);
        List<String> filters = TypeFilters.read(parameters.all("_typeFilter"), types);
        if (!filters.isEmpty() && until != null) {
            // The search indexes know only the present.
            throw TypeFilters.refused(filters.get(0));
        }
        return new Read(
                new ExportRequest(
                        scope,
                        group,
                        types,
                        elements(parameters, types),
                        filters,
                        scope == Scope.SYSTEM ? null : patients(parameters),
                        since,
                        until,
                        organizedBy,
                        associated,
                        partial(parameters),
                        audience,
                        List.copyOf(withheld)),
                ignored);
    }

    private static void ignore(String name, Preference preference, List<String> ignored) {
        if (!preference.lenient()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_PARAMETER, shown(name)));
        }
        ignored.add(shown(name));
    }

    /** What would tell whoever asks of records, or of people, that they may not know of. */
    private static ExportParameters withinRights(
            ExportParameters parameters, Audience audience, Preference preference, List<String> ignored) {
        Set<String> beyond = new TreeSet<>(parameters.names());
        beyond.removeIf(name -> !isBeyondRights(name, audience));
        if (!beyond.isEmpty() && !preference.lenient()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_BEYOND_RIGHTS, String.join(", ", beyond)));
        }
        ignored.addAll(beyond);
        return parameters.without(beyond);
    }

    private static boolean isBeyondRights(String name, Audience audience) {
        return !audience.isEverything() && FOR_EVERYTHING.contains(name)
                || audience.isPseudonymised() && HIDDEN_FROM_THE_PSEUDONYMISED.contains(name);
    }

    /** Takes away what the audience gets nothing of. What it has not asked for by name it is told of. */
    private Set<String> withheld(Set<String> possible, Audience audience, ExportParameters parameters) {
        Set<String> withheld = new TreeSet<>();
        if (audience.isPseudonymised()) {
            withheld.addAll(possible);
            withheld.removeAll(pseudonymisation.types());
            possible.removeAll(withheld);
            withheld.removeAll(ON_DEMAND);
        }
        return parameters.listed("_type").isEmpty() ? withheld : Set.of();
    }

    /** Only what everybody's records refer to, and of which an R4 compartment says what belongs to whom. */
    private static @Nullable String organizedBy(
            ExportParameters parameters, Preference preference, List<String> ignored) {
        List<String> given = parameters.all("organizeOutputBy");
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() == 1 && PatientCompartment.NAME.equals(given.get(0).strip())) {
            return PatientCompartment.NAME;
        }
        String asked = shown(String.join(", ", given));
        if (!preference.lenient()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_ORGANIZED_BY, asked));
        }
        ignored.add("organizeOutputBy=" + asked);
        return null;
    }

    /** Which Provenance comes with the records: of what is asked for the most. */
    private static @Nullable Associated associated(
            ExportParameters parameters, @Nullable String organizedBy, Preference preference, List<String> ignored) {
        Associated most = null;
        for (String value : parameters.listed("includeAssociatedData")) {
            Associated known = organizedBy == null ? ASSOCIATED.get(value) : null;
            if (known != null) {
                most = most == null || known == Associated.RELEVANT ? known : most;
            } else if (preference.lenient()) {
                ignored.add("includeAssociatedData=" + shown(value));
            } else {
                throw new RefusedException(Refusal.of(RefusalCode.EXPORT_ASSOCIATED_DATA, shown(value)));
            }
        }
        return most;
    }

    private static boolean partial(ExportParameters parameters) {
        List<String> given = parameters.all("allowPartialManifests");
        for (String value : given) {
            if (!"true".equals(value.strip()) && !"false".equals(value.strip())) {
                throw bad("allowPartialManifests", value);
            }
        }
        return given.stream().anyMatch(value -> "true".equals(value.strip()));
    }

    private static List<String> types(
            Set<String> possible, ExportParameters parameters, Preference preference, List<String> ignored) {
        List<String> asked = parameters.listed("_type");
        if (asked.isEmpty()) {
            return possible.stream().filter(type -> !ON_DEMAND.contains(type)).toList();
        }
        List<String> types = new ArrayList<>();
        for (String type : asked) {
            if (possible.contains(type)) {
                types.add(type);
            } else if (preference.lenient()) {
                ignored.add("_type=" + shown(type));
            } else {
                throw new RefusedException(
                        Refusal.of(RefusalCode.EXPORT_TYPE, shown(type), String.join(", ", possible)));
            }
        }
        return types;
    }

    private List<String> elements(ExportParameters parameters, List<String> types) {
        List<String> elements = parameters.listed("_elements");
        for (String element : elements) {
            int dot = element.indexOf('.');
            String name = element.substring(dot + 1);
            boolean exists = dot < 0
                    ? types.stream().anyMatch(type -> KeptElements.exist(context, type, name))
                    : served.names().contains(element.substring(0, dot))
                            && KeptElements.exist(context, element.substring(0, dot), name);
            if (!exists) {
                throw bad("_elements", element);
            }
        }
        return elements;
    }

    private static @Nullable List<String> patients(ExportParameters parameters) {
        List<String> references = parameters.listed("patient");
        if (references.isEmpty()) {
            return null;
        }
        return references.stream()
                .map(reference -> {
                    IdType id = new IdType(reference);
                    if (!"Patient".equals(id.getResourceType()) || !id.hasIdPart()) {
                        throw bad("patient", reference);
                    }
                    return id.getIdPart();
                })
                .toList();
    }

    private static @Nullable Instant instant(ExportParameters parameters, String name) {
        List<String> given = parameters.all(name);
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            throw bad(name, given.get(1));
        }
        try {
            return OffsetDateTime.parse(given.get(0).strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException notAnInstant) {
            throw bad(name, given.get(0));
        }
    }

    private static RefusedException bad(String name, String value) {
        return new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, name, shown(value)));
    }

    private static String shown(String value) {
        int longest = 100;
        return value.length() <= longest ? value : value.substring(0, longest) + "…";
    }

    /** RFC 7240: what the client prefers. */
    private record Preference(boolean asynchronous, boolean lenient) {

        static Preference of(List<String> headers) {
            List<String> preferences = headers.stream()
                    .flatMap(header -> Arrays.stream(header.split("[,;]")))
                    .map(each -> each.strip().toLowerCase(Locale.ROOT).replace("\"", ""))
                    .toList();
            return new Preference(preferences.contains("respond-async"), preferences.contains("handling=lenient"));
        }
    }
}
