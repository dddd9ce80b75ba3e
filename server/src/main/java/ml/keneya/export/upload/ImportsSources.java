package ml.keneya.export.upload;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import ml.keneya.export.upload.DeliversLines.Sender;
import ml.keneya.export.upload.GathersLines.Lines;
import ml.keneya.export.upload.ImportJob.Status;
import ml.keneya.export.upload.OpensSources.Opened;
import ml.keneya.export.upload.OpensSources.SourceException;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Imports the files of one list, from where it was left, and notes after each delivery how far it is. */
@Component
class ImportsSources {

    private static final Logger log = LoggerFactory.getLogger(ImportsSources.class);

    /** The next one ends it. With the growing pauses between them some ten minutes without one line. */
    static final int MOST_FAILURES = 12;

    private static final int LONGEST_PAUSE_SECONDS = 60;

    /** While the database is away, busy or full. */
    private static final Duration UNTIL_THE_SERVER_CAN = Duration.ofSeconds(10);

    private final ImportJobs jobs;
    private final AllowedSources allowed;
    private final OpensSources opens;
    private final GathersLines gathers;
    private final DeliveryDoor door;
    private volatile @Nullable Reading reading;

    // Five collaborators: each is one step of the way from the list to the records.
    ImportsSources(
            ImportJobs jobs, AllowedSources allowed, OpensSources opens, GathersLines gathers, DeliveryDoor door) {
        this.jobs = jobs;
        this.allowed = allowed;
        this.opens = opens;
        this.gathers = gathers;
        this.door = door;
    }

    /** It was cancelled, or another server has it: whatever were noted now would be wrong. */
    private static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** This server stops. */
    private static final class StoppingException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** @param goesOn whether this server is to go on after a delivery */
    void carryOut(ImportJob job, BooleanSupplier goesOn) {
        if (!door.isOpenTo(job.caller())) {
            fail(job, Refusal.of(RefusalCode.SENDER_REVOKED));
            return;
        }
        int source = job.source();
        long[] failures = {job.failures()};
        try {
            while (source < job.sources().size()) {
                fetch(job, source, failures, goesOn);
                source++;
            }
            jobs.finish(job, Status.DONE, 200, null);
        } catch (LostException lost) {
            // Nothing may be noted any more.
        } catch (StoppingException stopping) {
            jobs.release(job, Duration.ZERO, false);
        } catch (RefusedException refused) {
            if (refused.refusals().stream().anyMatch(each -> each.code() == RefusalCode.IMPORT_STOPPED)) {
                jobs.release(job, UNTIL_THE_SERVER_CAN, false);
            } else {
                fail(job, refused.refusals().get(0));
            }
        } catch (IOException notFetched) {
            boolean lasting = notFetched instanceof SourceException known && known.isLasting();
            String address = AllowedSources.shown(job.sources().get(source));
            tryAgain(
                    job,
                    lasting ? MOST_FAILURES : failures[0],
                    Refusal.of(RefusalCode.IMPORT_SOURCE_UNREADABLE, address, why(notFetched)));
        } catch (RuntimeException unexpected) {
            // Of ours. When the database is away this cannot be noted either, and no try is counted.
            log.error("Import {} has failed: {}", job.id(), FailureTrace.of(unexpected));
            tryAgain(job, failures[0], Refusal.of(RefusalCode.IMPORT_FAILED));
        }
    }

    /** Later, unless it has been tried often enough without one line being delivered. */
    private void tryAgain(ImportJob job, long failures, Refusal otherwise) {
        if (failures >= MOST_FAILURES) {
            fail(job, otherwise);
            return;
        }
        long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(failures, 10));
        jobs.release(job, Duration.ofSeconds(pause), true);
    }

    private void fetch(ImportJob job, int source, long[] failures, BooleanSupplier goesOn) throws IOException {
        String address = job.sources().get(source);
        boolean begun = source == job.source() && job.line() > 0;
        // The list may have become shorter since.
        try (Opened opened = opens.open(allowed.check(address))) {
            reading = new Reading(job.id(), opened);
            if (!begun) {
                mine(jobs.begin(job, source, opened.validator()));
            } else if (job.validator() != null && !job.validator().equals(opened.validator())) {
                throw new RefusedException(
                        Refusal.of(RefusalCode.IMPORT_SOURCE_CHANGED, AllowedSources.shown(address), job.line()));
            }
            // A line that was delivered, but not noted, is recognised by this name, or by its content.
            DeliversLines deliveries =
                    door.deliveriesOf(new Sender(job.base(), job.caller(), job.language(), job.nameOf(source)));
            gathers.deliver(new Lines(opened.lines(), begun ? job.line() : 0, job.together()), deliveries, line -> {
                mine(jobs.advance(job, source, line, deliveries.summary().drain(), RunsImports.LEASE));
                failures[0] = 0;
                if (!goesOn.getAsBoolean()) {
                    throw new StoppingException();
                }
            });
        } finally {
            reading = null;
        }
    }

    /** Ends the reading of its file, which may wait for the next line. */
    void breakOff(ImportJob job) {
        Reading current = reading;
        if (current != null && current.job().equals(job.id())) {
            current.opened().close();
        }
    }

    private record Reading(UUID job, Opened opened) {}

    private static void mine(boolean stillMine) {
        if (!stillMine) {
            throw new LostException();
        }
    }

    private void fail(ImportJob job, Refusal refusal) {
        jobs.finish(job, Status.FAILED, refusal.code().status(), door.inWords(refusal, job.language()));
    }

    private static String why(IOException fault) {
        return fault instanceof SourceException && fault.getMessage() != null ? fault.getMessage() : "I/O";
    }
}
