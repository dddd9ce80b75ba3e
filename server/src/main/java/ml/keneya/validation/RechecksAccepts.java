package ml.keneya.validation;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.util.ResourceUtil;
import ca.uhn.fhir.validation.ValidationOptions;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.fhir.OnceAMinute;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks the official validator, in the background, about a share of what the compiled one accepted. Had it something to
 * say, the compiled one is wrong: that is logged, counted, and shown as not healthy until the next start.
 *
 * <p>Intake never waits for it: one thread works, rests as long as it worked, and what finds no room in its queue is
 * left out and counted.
 */
@Component
public final class RechecksAccepts implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RechecksAccepts.class);

    private static final int MOST_WAITING = 32;

    /** So many re-checks make one line in the log, without which nobody would know that they take place. */
    private static final int BETWEEN_LINES = 10_000;

    /** Each of the first is logged; after them one a minute tells enough. */
    private static final int ALWAYS_LOGGED = 20;

    /** The very first re-check may read definitions for seconds. */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    /** Names of elements and how many; a name that a sender made up stays out of the log. */
    private static final Pattern PLACE = Pattern.compile("[A-Za-z]+(\\[\\d+])?(\\.[a-zA-Z]+(\\(\\w+\\))?(\\[\\d+])?)*");

    private final OfficialValidation official;
    private final double share;
    private final ThreadPoolExecutor worker;
    private final OnceAMinute minute = new OnceAMinute();
    private final AtomicLong agreed = new AtomicLong();
    private final AtomicLong disagreed = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();

    RechecksAccepts(OfficialValidation official, ValidationSettings settings) {
        this.official = official;
        this.share = settings.recheckedShare();
        this.worker = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MOST_WAITING),
                RechecksAccepts::lowThread,
                (work, full) -> leftOut.incrementAndGet());
    }

    private static Thread lowThread(Runnable work) {
        Thread thread = new Thread(work, "rechecks-accepts");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Takes the record, or not, and returns at once. It may be changed afterwards. */
    void consider(Resource accepted) {
        if (share <= 0 || ThreadLocalRandom.current().nextDouble() >= share) {
            return;
        }
        if (worker.getQueue().remainingCapacity() == 0) {
            leftOut.incrementAndGet();
            return;
        }
        // Given up when memory is short: a few records of the largest size would fill it.
        SoftReference<Resource> kept = new SoftReference<>(asItCame(accepted));
        worker.execute(() -> recheck(kept));
    }

    /** With the text that it was read from, which the official validator looks at where there is one. */
    private static Resource asItCame(Resource accepted) {
        Resource copy = accepted.copy();
        String text = ResourceUtil.getRawStringFromResourceOrNull(accepted);
        EncodingEnum encoding = ResourceUtil.getEncodingTypeFromUserData(accepted);
        if (text != null && encoding != null) {
            ResourceUtil.addRawDataToResource(copy, encoding, text);
        }
        return copy;
    }

    private void recheck(SoftReference<Resource> kept) {
        long start = System.nanoTime();
        Resource record = kept.get();
        if (record == null) {
            leftOut.incrementAndGet();
            return;
        }
        try {
            count(
                    record,
                    official.judge(record, record.fhirType(), new ValidationOptions())
                            .findings());
        } catch (RuntimeException failure) {
            // Its message may quote the record, and the log names no person.
            log.error(
                    "An accept could not be re-checked: {}", failure.getClass().getName());
            leftOut.incrementAndGet();
        }
        LockSupport.parkNanos(Math.min(System.nanoTime() - start, LONGEST_REST));
    }

    private void count(Resource record, List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.name().equals(ValidatorMessages.TOO_LONG))) {
            // It never came to an answer.
            leftOut.incrementAndGet();
            return;
        }
        if (!findings.isEmpty()) {
            if (disagreed.incrementAndGet() > ALWAYS_LOGGED && !minute.isDue()) {
                return;
            }
            log.error(
                    "The compiled validator accepted {} wrongly, of which the official one says {}. {}",
                    record.hasId() ? record.fhirType() + "/" + record.getIdPart() : "a new " + record.fhirType(),
                    findings.stream().map(RechecksAccepts::withoutContent).collect(Collectors.joining(", ")),
                    counts());
            return;
        }
        if (agreed.incrementAndGet() % BETWEEN_LINES == 0) {
            log.info("Accepts of the compiled validator are re-checked. {}", counts());
        }
    }

    private static String withoutContent(Finding finding) {
        String places = finding.places().stream()
                .map(place -> PLACE.matcher(place).matches() ? place : "a place with a name of its own")
                .collect(Collectors.joining(" and "));
        return (finding.name().isEmpty() ? finding.kind() : finding.name()) + " at " + places;
    }

    /** Since the start of this process. */
    public Counts counts() {
        return new Counts(agreed.get() + disagreed.get(), disagreed.get(), leftOut.get());
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
    }

    /**
     * @param rechecked accepts about which the official validator was asked
     * @param disagreements those of which it had something to say: none, unless the compiled validator is wrong
     * @param leftOut those that found no room, or that it could not decide in time
     */
    public record Counts(long rechecked, long disagreements, long leftOut) {}
}
