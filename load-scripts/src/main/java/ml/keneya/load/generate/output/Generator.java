package ml.keneya.load.generate.output;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.generate.fhir.RecordLines;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.outbreak.Outbreak;
import ml.keneya.load.generate.people.Households;
import ml.keneya.load.generate.people.Scenario;

/** Generates a scenario into files or into an exchange. */
public final class Generator {
    private final Mali mali;
    private final Scenario scenario;
    private final Households households;
    private final StoryTeller teller;
    private final int threads;

    public Generator(Mali mali, Scenario scenario, int threads) {
        this.mali = mali;
        this.scenario = scenario;
        this.households = new Households(mali, scenario);
        this.teller = new StoryTeller(mali, scenario, households);
        this.threads = threads;
    }

    /** How many people a run must have at least, so that the programme and every outbreak are complete. */
    public long fewest() {
        long people = 0;
        for (long number = 0; number < households.special(); number++) {
            people += households.size(number);
        }
        return people;
    }

    /** What all pieces gave together. */
    private static final class Sum {
        private final Totals totals = new Totals();
        private final Set<String> facilities = new HashSet<>();
        private final List<CaseTruth> cases = new ArrayList<>();

        private void add(Piece piece) {
            totals.add(piece.totals());
            facilities.addAll(piece.facilities());
            cases.addAll(piece.cases());
        }
    }

    private PieceMaker maker(Form form) {
        return new PieceMaker(scenario, households, form, teller);
    }

    /**
     * Writes everything below a new folder: {@code records} or {@code bundles}, and {@code truth}.
     *
     * @param progress told how many people are done
     */
    public Totals write(long people, Form form, Path root, LongConsumer progress) {
        var sum = new Sum();
        try (Folder folder = Folder.create(root)) {
            new Production(households, threads).run(people, maker(form)::make, piece -> {
                folder.add(piece.files());
                sum.add(piece);
                progress.accept(sum.totals.people());
            });
            writeRegistry(form, folder, sum);
            truth(sum.cases).forEach(folder::add);
        }
        return sum.totals;
    }

    private void writeRegistry(Form form, Folder folder, Sum sum) {
        var registry = new Registry(scenario, mali.health(), sum.facilities);
        if (form == Form.BUNDLES) {
            for (Piece.Outgoing bundle : registry.bundles(sum.totals)) {
                // The name sorts before those of the months.
                folder.add("bundles/0-registry.ndjson", bundle.content());
                folder.add("bundles/0-registry.ndjson", "\n".getBytes(StandardCharsets.US_ASCII));
            }
            return;
        }
        var lines = new RecordLines();
        registry.writeInto(lines);
        sum.totals.records(lines.counts());
        lines.bytes().forEach((type, bytes) -> {
            sum.totals.bytes(bytes.length);
            folder.add("records/" + type + ".ndjson", bytes);
        });
    }

    /** The truth about each outbreak, by the path of its file. */
    private SortedMap<String, byte[]> truth(List<CaseTruth> cases) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Outbreak outbreak : households.outbreaks()) {
            List<CaseTruth> own = cases.stream()
                    .filter(each -> each.outbreak() == outbreak.number())
                    .toList();
            files.put(OutbreakTruth.path(outbreak), OutbreakTruth.write(outbreak, own));
        }
        return files;
    }

    /** Takes what became of each bundle, in the order in which they were made. */
    @FunctionalInterface
    public interface Outcomes {
        void add(Outcome outcome);
    }

    /** A piece after its bundles were posted. */
    private record Posted(Piece piece, List<Outcome> outcomes) {}

    /**
     * Posts everything, the registry first. Running it again doubles nothing, because every bundle is identified.
     *
     * @param exchanges gives each thread a connection of its own
     */
    public Totals post(long people, Supplier<Exchange> exchanges, Outcomes outcomes, LongConsumer progress) {
        var sum = new Sum();
        var first = new Sum();
        var production = new Production(households, threads);
        // What the registry must hold is known only once all has been told: twice told is cheaper than all in memory.
        production.run(people, maker(Form.RECORDS)::make, first::add);
        var sender = new BundleSender(exchanges.get());
        for (Piece.Outgoing bundle : new Registry(scenario, mali.health(), first.facilities).bundles(sum.totals)) {
            outcomes.add(sender.send(bundle.submission(), bundle.content(), bundle.sender()));
        }
        PieceMaker maker = maker(Form.POSTED);
        ThreadLocal<BundleSender> senders = ThreadLocal.withInitial(() -> new BundleSender(exchanges.get()));
        production.run(people, order -> posted(maker.make(order), senders.get()), posted -> {
            posted.outcomes().forEach(outcomes::add);
            sum.add(posted.piece());
            progress.accept(sum.totals.people());
        });
        return sum.totals;
    }

    private static Posted posted(Piece piece, BundleSender sender) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Piece.Outgoing bundle : piece.bundles()) {
            outcomes.add(sender.send(bundle.submission(), bundle.content(), bundle.sender()));
        }
        return new Posted(piece, outcomes);
    }
}
