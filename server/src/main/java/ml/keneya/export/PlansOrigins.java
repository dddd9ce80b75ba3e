package ml.keneya.export;

import java.util.Arrays;
import java.util.List;
import ml.keneya.export.ExportRequest.Associated;
import ml.keneya.store.Moment;
import ml.keneya.store.RecordsAtMoment;
import ml.keneya.store.RecordsAtMoment.Address;
import org.springframework.stereotype.Component;

/** Finds out which deliveries the records of an export came with, when it wants their Provenance. */
@Component
class PlansOrigins {

    /** Records looked at with one statement. */
    private static final int STEP = 2_000;

    private static final String PROVENANCE = "Provenance";

    private final RecordsAtMoment records;
    private final ExportOrigins origins;

    PlansOrigins(RecordsAtMoment records, ExportOrigins origins) {
        this.records = records;
        this.origins = origins;
    }

    /**
     * Notes the deliveries of one type's records. Doing it again, or on two server copies, notes the same.
     *
     * @param planned the files of the type
     * @param afterEach is run now and then, so that others see that somebody is at it
     */
    void plan(ExportJob job, String type, List<ExportPart> planned, Runnable afterEach) {
        Associated wanted = job.request().associated();
        if (wanted == null || PROVENANCE.equals(type)) {
            return;
        }
        for (ExportPart part : planned) {
            long[] keys = part.keys();
            if (part.deletions()) {
                continue;
            }
            if (keys == null) {
                note(job, wanted, part, afterEach);
            } else {
                for (int from = 0; from < keys.length; from += STEP) {
                    long[] step = Arrays.copyOfRange(keys, from, Math.min(keys.length, from + STEP));
                    origins.note(job.id(), type, records.addresses(type, job.at(), step), wanted);
                    afterEach.run();
                }
            }
        }
    }

    private void note(ExportJob job, Associated wanted, ExportPart range, Runnable afterEach) {
        String type = range.resourceType();
        Moment at = job.at();
        List<Address> step = records.addresses(type, at, range.after(), range.last());
        while (!step.isEmpty()) {
            origins.note(job.id(), type, step, wanted);
            afterEach.run();
            step = records.addresses(type, at, step.get(step.size() - 1).key(), range.last());
        }
    }

    /** Cuts what was noted into files. */
    void finish(ExportJob job) {
        if (job.request().associated() != null) {
            origins.cut(job.id());
        }
    }
}
