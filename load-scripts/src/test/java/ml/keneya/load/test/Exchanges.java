package ml.keneya.load.test;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.FhirBase;
import ml.keneya.load.exchange.Retries;
import ml.keneya.load.exchange.RetryPolicy;
import ml.keneya.load.exchange.Wire;

/** Exchanges as tests reach them. */
public final class Exchanges {
    private Exchanges() {}

    public static Exchange at(String base) {
        return patient(base, new PassingTime(), new CapturedTerminal(), Duration.ofSeconds(20));
    }

    public static Exchange patient(String base, PassingTime time, CapturedTerminal output, Duration limit) {
        var retries = new Retries(RetryPolicy.USUAL, time.timing(), output.inFrench());
        return new Exchange(new FhirBase(URI.create(base)), new Wire(limit, Locale.FRENCH), retries);
    }
}
