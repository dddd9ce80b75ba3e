package ml.keneya.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/** Lets a caller at its own exports; unknown and forbidden look alike. */
@Component
class ExportsOfCaller {

    static final String JOB = "_jobId";

    /** Files hold everybody's records, so whoever may only see some gets none until records are chosen by rights. */
    private static final Set<Role> MAY_EXPORT = EnumSet.of(Role.AGENCY, Role.ADMINISTRATOR, Role.SYSTEM);

    private final ExportJobs jobs;
    private final Moments moments;

    ExportsOfCaller(ExportJobs jobs, Moments moments) {
        this.jobs = jobs;
        this.moments = moments;
    }

    static Caller mayExport(ServletRequestDetails request) {
        Caller caller = Caller.of(request);
        if (!MAY_EXPORT.contains(caller.role())) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return caller;
    }

    ExportJob find(ServletRequestDetails request) {
        Caller caller = mayExport(request);
        String id = parameter(request, JOB);
        ExportJob job = jobs.find(read(id), caller).orElseThrow(() -> unknown(id));
        if (job.at().epoch() != moments.epoch()) {
            throw new RefusedException(Refusal.of(RefusalCode.EXPORT_VOID));
        }
        return job;
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
