package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import ml.keneya.export.ExportRequest.Scope;
import ml.keneya.export.SettlesExports.Content;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a request for an export: from then on its content is settled, whatever is written meanwhile. */
@Component
class BeginsExports {

    /** They are prepared one after the other, those of all clients: one client must not fill the line. */
    private static final int MOST_IN_PREPARATION = 3;

    private final ReadsExportRequests requests;
    private final SettlesExports settles;
    private final PeopleOfExport people;
    private final ExportJobs jobs;
    private final PreparesExports prepares;

    // Five collaborators: each is one step of the way from a request to a job.
    BeginsExports(
            ReadsExportRequests requests,
            SettlesExports settles,
            PeopleOfExport people,
            ExportJobs jobs,
            PreparesExports prepares) {
        this.requests = requests;
        this.settles = settles;
        this.people = people;
        this.jobs = jobs;
        this.prepares = prepares;
    }

    void begin(Scope scope, @Nullable String group, ServletRequestDetails details) throws IOException {
        Caller caller = Caller.of(details);
        ReadsExportRequests.Read read = requests.read(scope, group, ExportsOfCaller.audienceOf(caller), details);
        ExportRequest request = read.request();
        if (ExportsOfCaller.needsToken(details) && jobs.inPreparation(caller) >= MOST_IN_PREPARATION) {
            throw new RefusedException(Refusal.of(RefusalCode.TOO_MANY_AT_ONCE, MOST_IN_PREPARATION));
        }
        Content content = settles.settle(request);
        if (group != null && !people.isKnown(group, content.at(), request.audience())) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, "Group/" + group));
        }
        UUID job = jobs.keep(caller, address(details), request, content);
        prepares.prepare(job, Duration.ZERO);
        answer(details, job, read.ignored());
    }

    private static String address(ServletRequestDetails details) {
        String query = details.getServletRequest().getQueryString();
        return details.getFhirServerBase() + "/" + details.getRequestPath() + (query == null ? "" : "?" + query);
    }

    private static void answer(ServletRequestDetails details, UUID job, List<String> ignored) throws IOException {
        HttpServletResponse response = details.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "Content-Location",
                details.getFhirServerBase() + "/$export-poll-status?" + ExportsOfCaller.JOB + "=" + job);
        if (ignored.isEmpty()) {
            return;
        }
        Language language = Language.accepted(details.getHeader("Accept-Language"));
        OperationOutcome outcome = new OperationOutcome();
        ignored.forEach(name -> outcome.addIssue()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.NOTSUPPORTED)
                .setDiagnostics(Outcomes.message("export.ignored", language, name)));
        FhirContext context = details.getFhirContext();
        byte[] body = context.newJsonParser().encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
