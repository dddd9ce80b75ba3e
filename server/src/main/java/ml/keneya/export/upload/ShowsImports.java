package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import ml.keneya.export.upload.ImportJob.Status;
import ml.keneya.export.upload.ImportJobs.NamedReject;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/** Says to who asked how far an import from addresses is, then what became of its lines; ends it. */
@Component
class ShowsImports {

    static final String JOB = "_jobId";

    private final ImportJobs jobs;
    private final FhirContext context;

    ShowsImports(ImportJobs jobs, FhirContext context) {
        this.jobs = jobs;
        this.context = context;
    }

    void show(ServletRequestDetails request) throws IOException {
        ImportJob job = find(request);
        HttpServletResponse response = request.getServletResponse();
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            // What is being delivered at this moment still is; the next line is not.
            jobs.remove(job.id());
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else if (job.status() == Status.DONE) {
            answer(200, context.newJsonParser().encodeResourceToString(summary(job)), response);
        } else if (job.outcome() != null) {
            answer(job.httpStatus(), job.outcome(), response);
        } else {
            Language language = Language.accepted(request.getHeader("Accept-Language"));
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.setHeader(
                    "X-Progress",
                    Outcomes.message(
                            "import.progress",
                            language,
                            Math.min(job.source() + 1, job.sources().size()),
                            job.sources().size(),
                            String.valueOf(job.line()),
                            String.valueOf(job.refused())));
            response.setHeader("Retry-After", "2");
        }
    }

    private ImportJob find(ServletRequestDetails request) {
        String[] values = request.getParameters().get(JOB);
        if (values == null || values.length == 0 || values[0].isBlank()) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, JOB));
        }
        String id = values[0].strip();
        try {
            return jobs.find(UUID.fromString(id), Caller.of(request)).orElseThrow(() -> unknown(id));
        } catch (IllegalArgumentException notOurs) {
            throw unknown(id);
        }
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Refusal.of(RefusalCode.IMPORT_UNKNOWN, id.replaceAll("[^\\w.-]", "?")));
    }

    private Parameters summary(ImportJob job) {
        Parameters summary = new Parameters();
        summary.addParameter("lines", number(job.accepted() + job.refused()));
        summary.addParameter("accepted", number(job.accepted()));
        summary.addParameter("refused", number(job.refused()));
        IParser parser = context.newJsonParser();
        for (NamedReject each : jobs.rejects(job.id())) {
            ParametersParameterComponent reject = summary.addParameter().setName("reject");
            reject.addPart()
                    .setName("source")
                    .setValue(new UriType(job.sources().get(each.source())));
            reject.addPart().setName("line").setValue(number(each.line()));
            if (each.quarantine() != null) {
                reject.addPart().setName("quarantine").setValue(new StringType(each.quarantine()));
            }
            reject.addPart().setName("outcome").setResource((Resource) parser.parseResource(each.outcome()));
        }
        return summary;
    }

    /** Billions of lines are more than FHIR's integer holds. */
    private static Type number(long count) {
        return count <= Integer.MAX_VALUE ? new IntegerType(count) : new DecimalType(count);
    }

    private static void answer(int status, String json, HttpServletResponse response) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
