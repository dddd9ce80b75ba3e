package ml.keneya.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.ValidationOptions;
import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Checks a few records before the exchange says that it is ready: the first check reads every definition, makes the
 * snapshots of all profiles and takes seconds, and no clinic should be the one that waits for it. It begins while the
 * rest of the exchange still starts. Once all is read, further rounds only give Java's compiler something to compile:
 * they come when the exchange is ready, and would delay it by some seconds.
 */
@Component
class WarmsValidation implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmsValidation.class);

    private static final String RECORDS = "warm-up.json";

    /** After these rounds the compiler has seen most of what a record needs. */
    private static final int FURTHER_ROUNDS = 9;

    private final RecordValidation validation;
    private final OfficialValidation official;
    private final FhirContext context;
    private final FutureTask<Integer> first;

    WarmsValidation(RecordValidation validation, OfficialValidation official, FhirContext context) {
        this.validation = validation;
        this.official = official;
        this.context = context;
        this.first = new FutureTask<>(() -> checkAll(records(context)));
    }

    @PostConstruct
    void begin() {
        inBackground(first);
    }

    /** Spring calls readiness only after this. */
    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        long start = System.nanoTime();
        try {
            int records = first.get();
            log.info(
                    "Validation has all its definitions after {} checks; the start waited {} ms for it.",
                    records,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (ExecutionException failure) {
            // The first records will take longer, which is no reason not to take them.
            log.error("Validation could not be warmed up", failure.getCause());
        }
    }

    @EventListener
    void on(AvailabilityChangeEvent<ReadinessState> change) {
        if (change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
            inBackground(() -> {
                Bundle records = records(context);
                for (int round = 0; round < FURTHER_ROUNDS; round++) {
                    checkAll(records);
                }
            });
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "warms-validation");
        thread.setDaemon(true);
        thread.start();
    }

    private int checkAll(Bundle records) {
        for (BundleEntryComponent entry : records.getEntry()) {
            Resource record = entry.getResource();
            // Both: what the one is not sure of, the other is asked.
            official.judge(record, record.fhirType(), new ValidationOptions());
            validation.judge(record, record.fhirType(), People.unknown(), new ValidationOptions());
        }
        return records.getEntry().size();
    }

    /** One record of each of the types that clinics send most. */
    static Bundle records(FhirContext context) {
        try (InputStream stream = WarmsValidation.class.getResourceAsStream(RECORDS)) {
            String text = new String(Objects.requireNonNull(stream, RECORDS).readAllBytes(), StandardCharsets.UTF_8);
            return context.newJsonParser().parseResource(Bundle.class, text);
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "The records to warm up with are not readable on the class path.", unreadable);
        }
    }
}
