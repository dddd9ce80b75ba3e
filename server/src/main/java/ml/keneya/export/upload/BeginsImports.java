package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import ml.keneya.export.upload.ImportJob.Asked;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a list of addresses to import files from; they are fetched later, in the order of the list. */
@Component
class BeginsImports {

    private static final int MOST_SOURCES = 1_000;

    /** A longer one is known by its digest. */
    private static final int LONGEST_KEY = 200;

    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json");

    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

    private final AllowedSources allowed;
    private final ImportJobs jobs;
    private final RunsImports runs;
    private final FhirContext context;
    private final ImportSettings settings;

    // Five collaborators: what may be fetched, where it is kept, who does it, in which words, and how.
    BeginsImports(
            AllowedSources allowed, ImportJobs jobs, RunsImports runs, FhirContext context, ImportSettings settings) {
        this.allowed = allowed;
        this.jobs = jobs;
        this.runs = runs;
        this.context = context;
        this.settings = settings;
    }

    /** Whether it comes as a resource, and not as lines. */
    boolean isAskedBy(ServletRequestDetails request) {
        String type = String.valueOf(request.getServletRequest().getContentType());
        return JSON.contains(type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT));
    }

    void begin(ServletRequestDetails request) {
        if (Caller.of(request).role() == Role.SITE) {
            // What lies at a listed address may be another site's.
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        boolean asynchronous = request.getHeaders("Prefer").stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]")))
                .anyMatch(preference -> "respond-async".equalsIgnoreCase(preference.strip()));
        if (!asynchronous) {
            throw new RefusedException(Refusal.of(RefusalCode.IMPORT_NOT_ASYNCHRONOUS));
        }
        List<String> sources = read(request);
        sources.forEach(allowed::check);
        UUID job = jobs.keep(new Asked(
                Caller.of(request),
                request.getFhirServerBase(),
                request.getHeader("Accept-Language"),
                key(request),
                sources,
                settings.linesPerDelivery()));
        runs.wake();
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "Content-Location",
                request.getFhirServerBase() + "/$import-poll-status?" + ShowsImports.JOB + "=" + job);
    }

    private static @Nullable String key(ServletRequestDetails request) {
        String key = request.getHeader(DeliversLines.KEY);
        if (key == null || key.isBlank()) {
            return null;
        }
        String name = key.strip();
        return name.length() <= LONGEST_KEY ? name : DigestUtils.sha256Hex(name);
    }

    private List<String> read(ServletRequestDetails request) {
        String body = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        if (!(context.newJsonParser().parseResource(body) instanceof Parameters parameters)) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "Parameters"));
        }
        List<String> sources = new ArrayList<>();
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            switch (String.valueOf(parameter.getName())) {
                case "input" -> sources.add(url(parameter));
                case "inputFormat" -> {
                    String format = text(parameter.getValue());
                    if (!FORMATS.contains(format)) {
                        throw bad("inputFormat", format);
                    }
                }
                case "inputSource" -> {
                    // Who made the files; their records say whose they are.
                }
                default -> throw bad(parameter.getName(), text(parameter.getValue()));
            }
        }
        if (sources.isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "input"));
        }
        if (sources.size() > MOST_SOURCES) {
            throw bad("input", String.valueOf(sources.size()));
        }
        return sources;
    }

    private static String url(ParametersParameterComponent input) {
        return input.getPart().stream()
                .filter(part -> "url".equals(part.getName()))
                .map(part -> text(part.getValue()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "input.url")));
    }

    private static String text(@Nullable Type value) {
        String text = value == null ? null : value.primitiveValue();
        return text == null ? "" : text.strip();
    }

    private static RefusedException bad(@Nullable String name, String value) {
        return new RefusedException(Refusal.of(
                RefusalCode.BAD_PARAMETER, AllowedSources.shown(String.valueOf(name)), AllowedSources.shown(value)));
    }
}
