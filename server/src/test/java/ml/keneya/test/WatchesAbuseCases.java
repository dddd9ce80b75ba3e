package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Holds abuse cases, which it knows by their names, to what every one of them must leave as it is. */
class WatchesAbuseCases implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Namespace OURS = Namespace.create(WatchesAbuseCases.class);

    /** What goes on beside one test. */
    private record Running(Watch watch, Instant since, ScheduledFuture<?> bystander) {}

    @Override
    public void beforeEach(ExtensionContext test) {
        // Whatever began this thread may have been watched.
        Watch.end();
        if (!AbuseCase.isNamedBy(test)) {
            return;
        }
        ofClass(test).getOrComputeIfAbsent(HeapAfterAbuse.class);
        Watch watch = new Watch(AbuseCase.exemptions(test.getRequiredTestMethod()));
        test.getStore(OURS)
                .put(
                        Running.class,
                        new Running(
                                watch, Instant.now(), findings(test).bystander().begin()));
        Watch.begin(watch);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Watch.end();
        Running running = test.getStore(OURS).remove(Running.class, Running.class);
        if (running == null) {
            return;
        }
        List<String> faults = new ArrayList<>(findings(test).bystander().end(running.bystander()));
        faults.addAll(running.watch().faults());
        faults.addAll(
                new RowsOfTrace(SpringExtension.getApplicationContext(test).getBean(JdbcClient.class))
                        .faults(running.watch().answered(), running.since()));
        findings(test).count(running.watch().answered());
        assertThat(faults).as("what no abuse case may bring about").isEmpty();
    }

    /** Classes within a class are part of it. */
    @Override
    public void afterAll(ExtensionContext testClass) {
        HeapAfterAbuse heap = testClass.getStore(OURS).remove(HeapAfterAbuse.class, HeapAfterAbuse.class);
        if (heap == null) {
            return;
        }
        String fault = heap.fault().orElse(null);
        findings(testClass).heap(testClass.getRequiredTestClass(), heap.growth());
        assertThat(fault).isNull();
    }

    private static Store ofClass(ExtensionContext test) {
        ExtensionContext all = test;
        while (isWithinAClass(all)) {
            all = all.getParent().orElseThrow();
        }
        return all.getStore(OURS);
    }

    private static boolean isWithinAClass(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    }

    private static AbuseFindings findings(ExtensionContext test) {
        return test.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent(
                        AbuseFindings.class,
                        key -> new AbuseFindings(
                                SpringExtension.getApplicationContext(test).getBean(Exchange.class)),
                        AbuseFindings.class);
    }
}
