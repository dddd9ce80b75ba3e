package ml.keneya.views.operation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.CompilesViews;
import ml.keneya.views.output.RowFormat;
import ml.keneya.views.table.LimitedReaders;
import ml.keneya.views.upkeep.Definitions;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Understands {@code $viewdefinition-run} of SQL on FHIR 2.1 and {@code $sql-run} of its 3.0 ballot, which names the
 * view differently.
 */
@Component
class ReadsRowRequests {

    private static final Set<String> KNOWN = Set.of(
            "_format",
            "header",
            "viewReference",
            "viewResource",
            "subjectReference",
            "subjectCanonical",
            "subjectResource",
            "patient",
            "group",
            "_since",
            "_limit",
            "resource");

    private final Definitions definitions;
    private final CompilesViews compiler;
    private final GroupMembers groups;
    private final FhirContext context;

    ReadsRowRequests(Definitions definitions, CompilesViews compiler, GroupMembers groups, FhirContext context) {
        this.definitions = definitions;
        this.compiler = compiler;
        this.groups = groups;
        this.context = context;
    }

    /** @param name of the view in the address; null when a parameter must say it */
    RowRequest read(@Nullable String name, OperationParameters parameters, List<String> accepted) {
        parameters.refuseAllBut(KNOWN);
        Optional<JsonNode> inline = first(parameters, "viewResource", "subjectResource");
        CompiledView view = name != null
                ? named(name)
                : inline.map(compiler::compile).orElseGet(() -> named(reference(parameters)));
        return new RowRequest(
                view,
                name != null || inline.isEmpty(),
                format(parameters, accepted),
                parameters.text("header").map(Boolean::valueOf).orElse(true),
                patients(parameters),
                parameters.one("_since").map(ReadsRowRequests::instant).orElse(null),
                parameters.one("_limit").map(ReadsRowRequests::limit).orElse(OptionalLong.empty()),
                parameters.all("resource").stream().map(this::resource).toList(),
                null);
    }

    /**
     * What those may have who do not see everything: a view that is kept, for its rows are known by whose they are. A
     * group may be anybody's, and who may not read it learns nothing of it. Who sees pseudonyms names nobody, and no
     * moment by which a record that it has seen arrive would be found.
     */
    RowRequest readFor(
            LimitedReaders readers, @Nullable String name, OperationParameters parameters, List<String> accepted) {
        boolean more = !parameters.all("group").isEmpty()
                || !parameters.all("resource").isEmpty()
                || first(parameters, "viewResource", "subjectResource").isPresent();
        boolean nowhere = readers.areas() != null && readers.areas().isEmpty();
        boolean chooses = readers.seePseudonyms()
                && !(parameters.all("patient").isEmpty()
                        && parameters.all("_since").isEmpty());
        if (nowhere || more || chooses) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return read(name, parameters, accepted).onlyFor(readers);
    }

    CompiledView named(String name) {
        return definitions
                .named(name)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.VIEW_UNKNOWN, name)));
    }

    private static Optional<JsonNode> first(OperationParameters parameters, String... names) {
        return Stream.of(names).map(parameters::one).flatMap(Optional::stream).findFirst();
    }

    /** A reference or the canonical address: the name is what stands last in both. */
    private static String reference(OperationParameters parameters) {
        String text = first(parameters, "viewReference", "subjectReference", "subjectCanonical")
                .map(JsonNode::asText)
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "viewReference")));
        String bare = text.split("\\|", 2)[0];
        return bare.substring(bare.lastIndexOf('/') + 1);
    }

    private static RowFormat format(OperationParameters parameters, List<String> accepted) {
        Optional<JsonNode> asked = parameters.one("_format");
        if (asked.isPresent()) {
            return RowFormat.named(asked.get().asText())
                    .orElseThrow(() -> OperationParameters.bad("_format", asked.get()));
        }
        List<String> ranges = accepted.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        return ranges.stream()
                .flatMap(range -> RowFormat.named(range).stream())
                .findFirst()
                .or(() -> ranges.isEmpty() || ranges.stream().anyMatch(ReadsRowRequests::leavesTheChoice)
                        ? Optional.of(RowFormat.NDJSON)
                        : Optional.empty())
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.NOT_ACCEPTABLE, String.join(", ", ranges).replaceAll("[^\\w/+*.;=, -]", ""))));
    }

    /** FHIR clients ask for FHIR's own formats in every request; of an operation with rows they mean the rows. */
    private static boolean leavesTheChoice(String range) {
        String bare = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Set.of("*/*", "*", "application/*", "application/fhir+json").contains(bare);
    }

    private @Nullable List<String> patients(OperationParameters parameters) {
        List<JsonNode> people = parameters.all("patient");
        List<JsonNode> wanted = parameters.all("group");
        if (people.isEmpty() && wanted.isEmpty()) {
            return null;
        }
        List<String> ids =
                new ArrayList<>(people.stream().map(each -> id(each, "Patient")).toList());
        wanted.forEach(each -> ids.addAll(groups.of(id(each, "Group"))));
        return ids;
    }

    private static String id(JsonNode reference, String type) {
        String text = reference.asText();
        return text.startsWith(type + "/") ? text.substring(type.length() + 1) : text;
    }

    private static Instant instant(JsonNode value) {
        String text = value.asText();
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException wrong) {
            throw OperationParameters.bad("_since", value);
        }
    }

    private static OptionalLong limit(JsonNode value) {
        try {
            long limit = Long.parseLong(value.asText());
            if (limit > 0) {
                return OptionalLong.of(limit);
            }
        } catch (NumberFormatException wrong) {
            // Refused below.
        }
        throw OperationParameters.bad("_limit", value);
    }

    private Resource resource(JsonNode json) {
        try {
            // As a resource or, as Pathling has it, as its text.
            String text = json.isTextual() ? json.asText() : json.toString();
            return (Resource) context.newJsonParser().parseResource(text);
        } catch (DataFormatException unreadable) {
            throw OperationParameters.bad("resource", json);
        }
    }
}
