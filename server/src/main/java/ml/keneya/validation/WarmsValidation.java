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
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Checks a few records before the exchange says that it is ready: the first check reads every definition, makes the
 * snapshots of all profiles and takes seconds, and no clinic should be the one that waits for it. It begins while the
 * rest of the exchange still starts.
 */
@Component
class WarmsValidation implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmsValidation.class);

    private static final String RECORDS = "warm-up.json";

    /** After these rounds the compiler has seen most of what a record needs; more would delay the start. */
    private static final int ROUNDS = 10;

    private final RecordValidation validation;
    private final OfficialValidation official;
    private final FutureTask<Integer> work;

    WarmsValidation(RecordValidation validation, OfficialValidation official, FhirContext context) {
        this.validation = validation;
        this.official = official;
        this.work = new FutureTask<>(() -> checkAll(records(context)));
    }

    @PostConstruct
    void begin() {
        Thread thread = new Thread(work, "warms-validation");
        thread.setDaemon(true);
        thread.start();
    }

    /** Spring calls readiness only after this. */
    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        long start = System.nanoTime();
        try {
            int records = work.get();
            log.info(
                    "Validation is warm after {} checks; the start waited {} ms for it.",
                    records,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (ExecutionException failure) {
            // The first records will take longer, which is no reason not to take them.
            log.error("Validation could not be warmed up", failure.getCause());
        }
    }

    private int checkAll(Bundle records) {
        for (int round = 0; round < ROUNDS; round++) {
            for (BundleEntryComponent entry : records.getEntry()) {
                Resource record = entry.getResource();
                // Both: what the one is not sure of, the other is asked.
                official.judge(record, record.fhirType(), new ValidationOptions());
                validation.judge(record, record.fhirType(), new ValidationOptions());
            }
        }
        return ROUNDS * records.getEntry().size();
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
