package ml.keneya.load.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.ExchangeOptions;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.ExitStatus;
import ml.keneya.load.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how long after the answer to an index case its alert is found by a search: a new facility each time sends
 * one case of cholera of somebody whose residence nobody says, so that each is an event of its own. Needs an exchange
 * that lets the caller name the facility ({@code keneya.security.without-token=local}), and leaves the records there.
 */
@Command(name = "alerts", mixinStandardHelpOptions = true)
public final class BenchAlertsCommand implements Callable<Integer> {
    private static final String BASE = "https://keneya.ml/fhir";
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;

    @Mixin
    private final ExchangeOptions options;

    @Option(names = "--alerts", paramLabel = "N", descriptionKey = "bench.alerts", defaultValue = "120")
    private int number;

    @Option(names = "--warmup", paramLabel = "N", descriptionKey = "bench.alerts-warmup", defaultValue = "30")
    private int warmup;

    @Option(names = "--pause", paramLabel = "MS", descriptionKey = "bench.pause", defaultValue = "100")
    private long pauseMillis;

    @Option(names = "--patience", paramLabel = "S", descriptionKey = "bench.patience", defaultValue = "30")
    private double patienceSeconds;

    public BenchAlertsCommand(Terminal terminal, Timing timing) {
        this.terminal = terminal;
        this.options = new ExchangeOptions(timing);
    }

    @Override
    public Integer call() {
        Exchange exchange = options.exchange(terminal);
        List<Double> visible = new ArrayList<>();
        int missing = 0;
        for (int alert = -warmup; alert < number; alert++) {
            double millis = measure(exchange);
            if (Double.isNaN(millis)) {
                missing++;
            } else if (alert >= 0) {
                visible.add(millis);
            }
            pause();
        }
        List<Double> sorted = visible.stream().sorted().toList();
        terminal.say(
                "bench.alerts-seen",
                sorted.size(),
                missing,
                warmup,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1));
        return missing == 0 ? ExitStatus.DONE : ExitStatus.NOT_AS_SENT;
    }

    /** @return the time from the answer to the index case until a search shows its alert; not a number if none came */
    private double measure(Exchange exchange) {
        String facility = "bench-alert-" + UUID.randomUUID();
        LocalDate today = LocalDate.ofInstant(options.timing().clock().instant(), ZoneOffset.UTC);
        byte[] bundle = indexCase(today).toString().getBytes(StandardCharsets.UTF_8);
        Answer answer = exchange.post(bundle, Map.of("Keneya-Facility", facility));
        long acknowledged = System.nanoTime();
        if (!answer.isSuccess()) {
            throw new BenchException(
                    "bench.refused", exchange.base(), answer.document().toString());
        }
        URI search = exchange.base().under("Flag?_sort=-_lastUpdated&_count=20");
        while (System.nanoTime() - acknowledged < patienceSeconds * NANOS_PER_SECOND) {
            // A search that was made before may be answered again otherwise.
            Answer found = exchange.get(search, Map.of("Cache-Control", "no-cache"));
            if (names(found.document(), facility)) {
                return (System.nanoTime() - acknowledged) / NANOS_PER_MILLISECOND;
            }
        }
        return Double.NaN;
    }

    private static boolean names(JsonNode bundle, String facility) {
        for (JsonNode entry : bundle.path("entry")) {
            if (facility.equals(entry.at("/resource/subject/identifier/value").asText())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode indexCase(LocalDate today) {
        ObjectNode bundle = Json.object().put("resourceType", "Bundle").put("type", "transaction");
        ArrayNode entries = bundle.putArray("entry");
        String person = "urn:uuid:" + UUID.randomUUID();
        ObjectNode patient = add(entries, person, "Patient");
        patient.putArray("identifier")
                .addObject()
                .put("system", "https://keneya.ml/id/site/bench/record")
                .put("value", "bench-" + UUID.randomUUID());
        patient.putArray("name")
                .addObject()
                .put("family", "Mesure")
                .putArray("given")
                .add("Alerte");
        patient.put("gender", "female").put("birthDate", "1990-01-01");
        ObjectNode condition = add(entries, "urn:uuid:" + UUID.randomUUID(), "Condition");
        coded(
                condition.putObject("clinicalStatus"),
                "http://terminology.hl7.org/CodeSystem/condition-clinical",
                "active");
        coded(condition.putObject("code"), BASE + "/CodeSystem/ml-notifiable-disease", "cholera");
        condition.putObject("subject").put("reference", person);
        condition.put("onsetDateTime", today.toString());
        return bundle;
    }

    private static ObjectNode add(ArrayNode entries, String url, String type) {
        ObjectNode entry = entries.addObject().put("fullUrl", url);
        ObjectNode resource = entry.putObject("resource").put("resourceType", type);
        entry.putObject("request").put("method", "POST").put("url", type);
        return resource;
    }

    private static void coded(ObjectNode concept, String system, String code) {
        concept.putArray("coding").addObject().put("system", system).put("code", code);
    }

    private void pause() {
        try {
            options.timing().pause().lasting(Duration.ofMillis(pauseMillis));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchException("bench.stopped");
        }
    }

    private static String at(List<Double> sorted, double share) {
        if (sorted.isEmpty()) {
            return "–";
        }
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return String.format(Locale.ROOT, "%.0f", sorted.get(Math.max(0, index)));
    }
}
