package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import ml.keneya.load.test.ReceivingExchange;
import ml.keneya.load.test.ReceivingExchange.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchAlertsTest {
    /** How often a facility's alert has been looked for in vain. */
    private final Map<String, Integer> searches = new ConcurrentHashMap<>();

    private final List<String> control = Collections.synchronizedList(new ArrayList<>());
    private ReceivingExchange exchange;
    private int unseenSearches = 2;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        exchange.server().createContext("/fhir/Flag", this::search);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void sendsOneIndexCaseAtATimeAndLooksUntilItsAlertIsShown() {
        ProgramRun run = bench("--alerts", "4", "--warmup", "2", "--pause", "70");

        assertThat(run.status()).isZero();
        assertThat(run.results())
                .contains("4 alertes vues, 0 manquantes (2 d’échauffement non comptées)")
                .containsPattern("p50 \\d+, p95 \\d+, p99 \\d+, max \\d+");
        List<Delivery> sent = exchange.deliveries();
        assertThat(sent).hasSize(6);
        assertThat(sent.stream().map(Delivery::facility).distinct())
                .as("an event of its own each")
                .hasSize(6)
                .allMatch(facility -> facility.startsWith("bench-alert-"));
        assertThat(sent).allSatisfy(delivery -> {
            JsonNode condition = delivery.bundle().at("/entry/1/resource");
            assertThat(condition.at("/code/coding/0/code").asText()).isEqualTo("cholera");
            assertThat(condition.path("onsetDateTime").asText()).isEqualTo("2026-11-22");
            assertThat(condition.at("/subject/reference").asText())
                    .isEqualTo(delivery.bundle().at("/entry/0/fullUrl").asText());
            assertThat(delivery.bundle().at("/entry/0/resource").has("address")).isFalse();
        });
        assertThat(searches.values()).hasSize(6).allMatch(times -> times == 3);
        assertThat(control).hasSize(18).containsOnly("no-cache");
        assertThat(run.time().pauses()).hasSize(6).containsOnly(Duration.ofMillis(70));
    }

    @Test
    void countsAnAlertThatDoesNotComeAsMissing() {
        unseenSearches = Integer.MAX_VALUE;

        ProgramRun run = bench("--alerts", "1", "--warmup", "0", "--patience", "0.05");

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.results()).contains("0 alertes vues, 1 manquantes", "p50 –");
    }

    @Test
    void stopsInClearWordsWhenTheCaseIsRefused() {
        exchange.objecting((request, delivery) -> {
            ReceivingExchange.answer(request, 403, "{\"resourceType\":\"OperationOutcome\",\"id\":\"interdit\"}");
            return true;
        });

        ProgramRun run = bench("--alerts", "1", "--warmup", "0");

        assertThat(run.status()).isNotZero();
        assertThat(run.remarks()).contains("refuse les lots d’essai", "interdit");
        assertThat(searches).isEmpty();
    }

    private ProgramRun bench(String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "alerts", "--base", exchange.base()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    /** Shows the alerts of all that was sent, the last one only after it has been looked for some times. */
    private void search(HttpExchange request) throws IOException {
        control.add(String.valueOf(request.getRequestHeaders().getFirst("Cache-Control")));
        String last =
                exchange.deliveries().get(exchange.deliveries().size() - 1).facility();
        int times = searches.merge(last, 1, Integer::sum);
        String entries = exchange.deliveries().stream()
                .map(Delivery::facility)
                .filter(facility -> !facility.equals(last) || times > unseenSearches)
                .map(
                        "{\"resource\":{\"resourceType\":\"Flag\",\"subject\":{\"identifier\":{\"value\":\"%s\"}}}}"
                                ::formatted)
                .collect(Collectors.joining(","));
        ReceivingExchange.answer(
                request, 200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entries + "]}");
    }
}
