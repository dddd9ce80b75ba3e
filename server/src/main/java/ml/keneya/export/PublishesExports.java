package ml.keneya.export;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.export.ExportRequest.Scope;
import ml.keneya.fhir.Caller;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes the registries now and then, as an export that nobody has to ask for. Safe to run on every server copy: one
 * of them begins, and any of them goes on when that one was killed.
 */
@Component
class PublishesExports {

    /** What it says that was called, and by whom; no client did. */
    private static final String ADDRESS = "$bulk-publish";

    private final Publications publications;
    private final ExportJobs jobs;
    private final Moments moments;
    private final PreparesExports prepares;
    private final ExportSettings settings;

    // Five collaborators: each is one step of the way from the time to the files.
    PublishesExports(
            Publications publications,
            ExportJobs jobs,
            Moments moments,
            PreparesExports prepares,
            ExportSettings settings) {
        this.publications = publications;
        this.jobs = jobs;
        this.moments = moments;
        this.prepares = prepares;
        this.settings = settings;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    @Transactional
    public void publishWhenDue() {
        List<String> types = settings.publishedTypes();
        if (types.isEmpty()) {
            return;
        }
        if (publications.isDue(settings.publishedEvery())) {
            ExportRequest request = new ExportRequest(
                    Scope.SYSTEM,
                    null,
                    types,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    Audience.EVERYTHING,
                    List.of());
            UUID job = jobs.keep(
                    Caller.system(), ADDRESS, request, new SettlesExports.Content(moments.take(), null, Map.of()));
            // Whoever has read a manifest just before the next one came still has time to fetch its files.
            publications.add(job, settings.publishedEvery().plus(settings.kept()));
        }
    }

    /** The files are found out when the export is surely kept. */
    @Scheduled(initialDelayString = "PT1M5S", fixedDelayString = "PT1M")
    void prepare() {
        publications.newest().ifPresent(job -> prepares.prepare(job, Duration.ZERO));
    }
}
