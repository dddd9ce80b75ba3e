package ml.keneya.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.export.ExportRequest.Scope;
import ml.keneya.export.RowsExport.Subject;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.views.ViewForExport;
import ml.keneya.views.ViewsForExport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Understands {@code $sql-export} of SQL on FHIR 3.0.0-ballot. HAPI cannot read its Parameters, because they may hold a
 * ViewDefinition, which is no type of R4.
 */
@Component
class ReadsRowsExports {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> KNOWN =
            Set.of("subject", "clientTrackingId", "_format", "header", "patient", "group", "_since");
    private static final Set<String> PARTS = Set.of("name", "subjectCanonical", "subjectReference", "subjectResource");

    private final ViewsForExport views;
    private final RecordsAtMoment records;

    ReadsRowsExports(ViewsForExport views, RecordsAtMoment records) {
        this.views = views;
        this.records = records;
    }

    /** Which records, and what is made of them. */
    record Read(ExportRequest request, RowsExport rows) {}

    Read read(ServletRequestDetails details) {
        boolean asynchronous = details.getHeaders("Prefer").stream()
                .anyMatch(header -> header.toLowerCase(Locale.ROOT).contains("respond-async"));
        if (!asynchronous) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_NOT_ASYNCHRONOUS));
        }
        JsonNode parameters = parameters(details.loadRequestContents());
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asText();
            if (!KNOWN.contains(name)) {
                throw new RefusedException(Refusal.of(RefusalCode.EXPORT_PARAMETER, shown(name)));
            }
        }
        List<Subject> subjects = subjects(parameters);
        String format = one(parameters, "_format").orElse("ndjson");
        if (ViewsForExport.mediaType(format).isEmpty()) {
            throw bad("_format", format);
        }
        RowsExport rows = new RowsExport(
                subjects,
                format,
                one(parameters, "header").map(Boolean::valueOf).orElse(true),
                one(parameters, "clientTrackingId").orElse(null));
        return new Read(request(parameters, subjects), rows);
    }

    private static JsonNode parameters(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if ("Parameters".equals(json.path("resourceType").asText())) {
                return json.path("parameter");
            }
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "Parameters"));
        } catch (IOException unreadable) {
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, "Parameters"));
        }
    }

    private List<Subject> subjects(JsonNode parameters) {
        List<Subject> subjects = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode parameter : parameters) {
            if ("subject".equals(parameter.path("name").asText())) {
                Subject subject = subject(parameter.path("part"));
                if (!names.add(subject.name())) {
                    throw bad("subject", subject.name());
                }
                subjects.add(subject);
            }
        }
        if (subjects.isEmpty()) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.MISSING_PARAMETER, "subject").at("subject"));
        }
        return subjects;
    }

    private Subject subject(JsonNode parts) {
        for (JsonNode part : parts) {
            String name = part.path("name").asText();
            if (!PARTS.contains(name)) {
                throw new RefusedException(Refusal.of(RefusalCode.EXPORT_PARAMETER, shown("subject." + name)));
            }
        }
        List<ViewForExport> named = Stream.concat(
                        Stream.of("subjectCanonical", "subjectReference")
                                .flatMap(name -> all(parts, name).stream())
                                .map(views::named),
                        inline(parts).map(views::sent))
                .toList();
        if (named.size() != 1) {
            throw bad("subject", named.size() + " views");
        }
        ViewForExport view = named.get(0);
        return new Subject(one(parts, "name").orElse(view.name()), view.resource(), view.source(), view.isStrict());
    }

    private static Stream<JsonNode> inline(JsonNode parts) {
        Stream.Builder<JsonNode> found = Stream.builder();
        for (JsonNode part : parts) {
            if ("subjectResource".equals(part.path("name").asText())) {
                found.add(part.path("resource"));
            }
        }
        return found.build();
    }

    private ExportRequest request(JsonNode parameters, List<Subject> subjects) {
        List<String> people = all(parameters, "patient").stream()
                .map(text -> id(text, "Patient"))
                .toList();
        String group = one(parameters, "group").map(text -> id(text, "Group")).orElse(null);
        for (String person : people) {
            if (records.keys("Patient", List.of(person)).isEmpty()) {
                throw bad("patient", person);
            }
        }
        Scope scope = group != null ? Scope.GROUP : people.isEmpty() ? Scope.SYSTEM : Scope.PATIENT;
        return new ExportRequest(
                scope,
                group,
                subjects.stream().map(Subject::resource).distinct().toList(),
                List.of(),
                List.of(),
                people.isEmpty() ? null : people,
                one(parameters, "_since").map(ReadsRowsExports::instant).orElse(null),
                null,
                null,
                null,
                false,
                Audience.EVERYTHING,
                List.of());
    }

    private static String id(String reference, String type) {
        return reference.startsWith(type + "/") ? reference.substring(type.length() + 1) : reference;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notAnInstant) {
            throw bad("_since", text);
        }
    }

    private static Optional<String> one(JsonNode parameters, String name) {
        List<String> given = all(parameters, name);
        if (given.size() > 1) {
            throw bad(name, given.get(1));
        }
        return given.stream().findFirst();
    }

    private static List<String> all(JsonNode parameters, String name) {
        List<String> values = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            if (name.equals(parameter.path("name").asText())) {
                parameter.properties().stream()
                        .filter(member -> member.getKey().startsWith("value"))
                        .map(member -> member.getValue().has("reference")
                                ? member.getValue().path("reference").asText()
                                : member.getValue().asText())
                        .forEach(values::add);
            }
        }
        return values;
    }

    private static RefusedException bad(String name, String value) {
        return new RefusedException(
                Refusal.of(RefusalCode.BAD_PARAMETER, name, shown(value)).at(name));
    }

    private static String shown(String value) {
        int longest = 100;
        return value.length() <= longest ? value : value.substring(0, longest) + "…";
    }
}
