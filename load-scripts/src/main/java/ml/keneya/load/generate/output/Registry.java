package ml.keneya.load.generate.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.load.generate.fhir.FhirJson;
import ml.keneya.load.generate.fhir.RegistryWriter;
import ml.keneya.load.generate.fhir.Sink;
import ml.keneya.load.generate.fhir.TransactionBundle;
import ml.keneya.load.generate.mali.Facility;
import ml.keneya.load.generate.mali.HealthMap;
import ml.keneya.load.generate.people.Scenario;

/** The facilities that the data speak of, with all that stands above them. */
final class Registry {
    // Well below what the exchange takes in one bundle.
    private static final int ENTRIES_A_BUNDLE = 400;

    private final Scenario scenario;
    private final List<Facility> facilities = new ArrayList<>();

    Registry(Scenario scenario, HealthMap health, Collection<String> used) {
        this.scenario = scenario;
        Set<String> needed = new HashSet<>();
        for (String code : used) {
            String above = code;
            while (above != null && needed.add(above)) {
                above = health.facility(above).parent();
            }
        }
        health.facilities().stream()
                .filter(facility -> needed.contains(facility.code()))
                .forEach(facilities::add);
    }

    void writeInto(Sink sink) {
        RegistryWriter.write(sink, facilities);
    }

    /** Bundles to be sent in this order before any other. */
    List<Piece.Outgoing> bundles(Totals totals) {
        var cut = new Cut(totals);
        RegistryWriter.write(cut, facilities);
        cut.finish();
        return cut.done;
    }

    /** Starts a new bundle whenever one is full. */
    private final class Cut implements Sink {
        private final Totals totals;
        private final List<Piece.Outgoing> done = new ArrayList<>();
        private TransactionBundle bundle = next();
        private int entries;

        private Cut(Totals totals) {
            this.totals = totals;
        }

        private String submission() {
            return "registry-" + scenario.tag() + "-" + facilities.size() + "-" + done.size();
        }

        private TransactionBundle next() {
            return new TransactionBundle(submission(), HealthMap.MINISTRY);
        }

        @Override
        public FhirJson begin(RecordName name) {
            if (entries == ENTRIES_A_BUNDLE) {
                finish();
                bundle = next();
            }
            entries++;
            return bundle.begin(name);
        }

        @Override
        public void end() {
            bundle.end();
        }

        @Override
        public String link(RecordName name) {
            return bundle.link(name);
        }

        private void finish() {
            byte[] bytes = bundle.bytes();
            totals.records(bundle.counts());
            totals.bundle();
            totals.bytes(bytes.length);
            done.add(new Piece.Outgoing(submission(), HealthMap.MINISTRY, bytes));
            entries = 0;
        }
    }
}
