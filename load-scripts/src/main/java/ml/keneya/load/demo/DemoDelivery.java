package ml.keneya.load.demo;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.agency.KeptRecords;
import ml.keneya.load.agency.ResourceKey;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Exchange;

/** Posts samples, each as its site, and notes what the exchange kept about their people before. */
final class DemoDelivery {
    private final Exchange exchange;
    private final LoadReport report;

    DemoDelivery(Exchange exchange, LoadReport report) {
        this.exchange = exchange;
        this.report = report;
    }

    /** What the exchange took, or nothing when it did not take it; the report has said why. */
    Optional<Delivered> deliver(DemoSample sample) {
        Set<ResourceKey> keptBefore = keptAbout(sample);
        Outcome outcome = new BundleSender(exchange).send(sample.file(), sample.content(), sample.facility());
        report.add(outcome);
        return outcome instanceof Outcome.Accepted accepted
                ? Optional.of(new Delivered(sample, accepted, exchange.base().toString(), keptBefore))
                : Optional.empty();
    }

    Set<ResourceKey> keptAbout(DemoSample sample) {
        var records = new KeptRecords(exchange);
        Set<ResourceKey> kept = new TreeSet<>();
        sample.people().forEach(identifier -> kept.addAll(records.about(identifier)));
        return kept;
    }
}
