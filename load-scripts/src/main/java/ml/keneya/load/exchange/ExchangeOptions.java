package ml.keneya.load.exchange;

import java.net.URI;
import java.time.Duration;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.tokens.Credentials;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that speaks to an exchange. */
public final class ExchangeOptions {
    private final Timing timing;

    @Option(
            names = "--base",
            paramLabel = "URL",
            descriptionKey = "base",
            defaultValue = "${env:KENEYA_BASE:-http://127.0.0.1:8080/fhir}",
            converter = BaseConverter.class)
    @SuppressWarnings("NullAway.Init")
    private FhirBase base;

    @Option(names = "--attempts", paramLabel = "N", descriptionKey = "attempts", defaultValue = "6")
    private int attempts;

    @Option(names = "--timeout", paramLabel = "S", descriptionKey = "timeout", defaultValue = "120")
    private int timeoutSeconds;

    @Mixin
    private final KeyOptions key = new KeyOptions();

    public ExchangeOptions(Timing timing) {
        this.timing = timing;
    }

    public Exchange exchange(Terminal terminal) {
        return exchange(terminal, base, key.credentials(base));
    }

    private Exchange exchange(Terminal terminal, FhirBase address, Credentials credentials) {
        var limit = Duration.ofSeconds(Math.max(1, timeoutSeconds));
        var wire = new Wire(limit, terminal.language(), credentials);
        RetryPolicy policy = RetryPolicy.USUAL.withAttempts(Math.max(1, attempts));
        return new Exchange(address, wire, new Retries(policy, timing, terminal));
    }

    /** Another server than the exchange, with the same patience. */
    public Exchange other(Terminal terminal, FhirBase other, Credentials credentials) {
        return exchange(terminal, other, credentials);
    }

    public FhirBase base() {
        return base;
    }

    public Timing timing() {
        return timing;
    }

    /** Reads the address of an exchange from the command line. */
    public static final class BaseConverter implements ITypeConverter<FhirBase> {
        @Override
        public FhirBase convert(String text) {
            try {
                return new FhirBase(URI.create(text.strip()));
            } catch (IllegalArgumentException notABase) {
                throw new TypeConversionException(text);
            }
        }
    }
}
