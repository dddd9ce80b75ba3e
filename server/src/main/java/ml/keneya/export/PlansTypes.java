package ml.keneya.export;

import java.util.List;
import ml.keneya.export.CandidateRecords.Candidates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plans the files of an export type by type, as its request wants them organised. */
@Component
class PlansTypes {

    private final ExportJobs jobs;
    private final ExportParts parts;
    private final PlansExports files;
    private final PlansBlocks blocks;
    private final PlansOrigins origins;

    // Five collaborators: one for each kind of file, and where it is kept what was planned.
    PlansTypes(ExportJobs jobs, ExportParts parts, PlansExports files, PlansBlocks blocks, PlansOrigins origins) {
        this.jobs = jobs;
        this.parts = parts;
        this.files = files;
        this.blocks = blocks;
        this.origins = origins;
    }

    void plan(ExportJob job, String type) {
        long @Nullable [] filtered = jobs.chosen(job.id(), type);
        Runnable afterEach = () -> jobs.stillClaimed(job.id());
        if (job.request().organizedBy() == null) {
            List<ExportPart> planned = files.plan(job, type, filtered, afterEach);
            origins.plan(job, type, planned, afterEach);
            parts.keep(job.id(), type, planned, 0);
            return;
        }
        Candidates found = files.candidates(job, type, filtered, afterEach);
        long leftOut = blocks.plan(job, type, found, afterEach);
        boolean mayBeNobodys = job.request().scope() == ExportRequest.Scope.SYSTEM;
        parts.keep(job.id(), type, files.deletions(job, type, found.deleted()), mayBeNobodys ? leftOut : 0);
    }

    /** What can be done only when all types are planned. */
    void finish(ExportJob job) {
        if (job.request().organizedBy() != null) {
            boolean patientsAreFiltered = jobs.chosen(job.id(), PatientCompartment.NAME) != null;
            blocks.finish(job, patientsAreFiltered, () -> jobs.stillClaimed(job.id()));
        }
        origins.finish(job);
    }
}
