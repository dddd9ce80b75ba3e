package ml.keneya.views.upkeep;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ml.keneya.fhir.FailureTrace;
import ml.keneya.views.definition.CompiledView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Brings the tables to the definitions when the server starts. On an empty database that is done before the first
 * request; otherwise it goes on in the background, and what is served meanwhile is the former version.
 */
@Component
class StartsViews implements SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(StartsViews.class);

    /** So long after another process died, or somebody who was in the way has gone, at the latest, work goes on. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(30);

    private final Definitions definitions;
    private final RegistersViews registers;
    private final BringsViewsUpToDate builder;
    private final DropsRetiredTables drops;
    private final ViewsSettings settings;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "views");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    StartsViews(
            Definitions definitions,
            RegistersViews registers,
            BringsViewsUpToDate builder,
            DropsRetiredTables drops,
            ViewsSettings settings) {
        this.definitions = definitions;
        this.registers = registers;
        this.builder = builder;
        this.drops = drops;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!settings.maintained()) {
            log.warn("Views are switched off (keneya.views.maintained): nothing can be counted in them");
            registers.withdrawAll();
            return;
        }
        registers.register(definitions.all());
        if (builder.isQuick()) {
            builder.run();
        }
        background.scheduleWithFixedDelay(this::round, 0, BETWEEN_ROUNDS.toSeconds(), TimeUnit.SECONDS);
    }

    /** Makes the table of the view anew, in the background. */
    void rebuild(CompiledView view) {
        registers.rebuild(view);
        background.execute(this::round);
    }

    private void round() {
        try {
            // First what an earlier round retired, so that whoever was sent to a table has had time to open it.
            drops.run();
            builder.run();
        } catch (RuntimeException failed) {
            // The next round goes on where this one stopped; the former tables serve meanwhile.
            log.error("Building of views stopped: {}", FailureTrace.of(failed));
        }
    }

    @Override
    public void destroy() {
        background.shutdownNow();
    }
}
