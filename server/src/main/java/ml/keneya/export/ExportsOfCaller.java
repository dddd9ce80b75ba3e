package ml.keneya.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/** Lets a caller at its own exports; unknown and forbidden look alike. */
@Component
class ExportsOfCaller {

    static final String JOB = "_jobId";

    private final ExportJobs jobs;
    private final ExportParts parts;
    private final Moments moments;

    ExportsOfCaller(ExportJobs jobs, ExportParts parts, Moments moments) {
        this.jobs = jobs;
        this.parts = parts;
        this.moments = moments;
    }

    static Caller mayExportEverything(ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        if (!audienceOf(caller).isEverything()) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return caller;
    }

    /** @throws RefusedException when the caller may not export at all */
    static Audience audienceOf(Caller caller) {
        return Audience.of(caller).orElseThrow(() -> new RefusedException(Refusal.of(RefusalCode.FORBIDDEN)));
    }

    /** Whether files are fetched with a token, as whoever is not at the machine itself does. */
    static boolean needsToken(ServletRequestDetails request) {
        return !Caller.local().client().equals(Caller.of(request).client());
    }

    ExportJob find(ServletRequestDetails request) {
        return find(request, jobs::find);
    }

    /** Also one that is published for everybody: its files are read, but nobody asks how far it is, or cancels it. */
    ExportJob findReadable(ServletRequestDetails request) {
        return find(request, jobs::findReadable);
    }

    private ExportJob find(ServletRequestDetails request, BiFunction<UUID, Caller, Optional<ExportJob>> search) {
        Caller caller = Caller.of(request);
        Audience audience = audienceOf(caller);
        String id = parameter(request, JOB);
        ExportJob job = search.apply(read(id), caller).orElseThrow(() -> unknown(id));
        if (!job.request().audience().equals(audience)) {
            // Its rights have changed since, or it was published for those who may have everything.
            throw unknown(id);
        }
        if (job.at().epoch() != moments.epoch()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_VOID));
        }
        return job;
    }

    /** One file of an export that the caller was let at. */
    ExportPart part(ExportJob job, String number) {
        try {
            return parts.find(job.id(), Long.parseLong(number)).orElseThrow(() -> unknown(number));
        } catch (NumberFormatException notOurs) {
            throw unknown(number);
        }
    }

    static String parameter(ServletRequestDetails request, String name) {
        String[] values = request.getParameters().get(name);
        if (values == null || values.length == 0 || values[0].isBlank()) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, name));
        }
        return values[0].strip();
    }

    private static UUID read(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOurs) {
            throw unknown(id);
        }
    }

    static RefusedException unknown(String id) {
        return new RefusedException(Refusal.of(RefusalCode.EXPORT_UNKNOWN, id.replaceAll("[^\\w.-]", "?")));
    }
}
