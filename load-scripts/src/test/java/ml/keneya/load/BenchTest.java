package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.load.test.ReceivingExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReceivingExchange own;
    private ReceivingExchange other;

    @BeforeEach
    void start() throws IOException {
        own = new ReceivingExchange();
        other = new ReceivingExchange();
    }

    @AfterEach
    void stop() {
        own.close();
        other.close();
    }

    @Test
    void postsTheSameBytesToBothServersInTurn() throws IOException {
        ProgramRun run = bench(
                "ingest",
                "--against",
                other.base(),
                "--warmup",
                "3",
                "--bundles",
                "5",
                "--repeats",
                "2",
                "--concurrency",
                "1",
                "--json");

        assertThat(run.status()).isZero();
        assertThat(bodies(own)).hasSize(14).hasSameElementsAs(bodies(other));
        assertThat(own.deliveries().get(1).facility()).startsWith("bench-");
        JsonNode report = JSON.readTree(run.results());
        assertThat(report.path("figures")).hasSize(2);
        assertThat(report.at("/figures/0/runs")).hasSize(2);
        assertThat(report.at("/figures/0/runs/0/requests").asInt()).isEqualTo(5);
        assertThat(report.at("/figures/0/runs/0/entriesPerRequest").asInt()).isEqualTo(7);
        assertThat(report.at("/ratios/0/to").asText()).isEqualTo("against");
        assertThat(report.at("/ratios/0/perSecond/median").asDouble()).isPositive();
    }

    @Test
    void neverPublishesWhatWasMeasuredColdOrAmongUnknownProcesses() throws IOException {
        ProgramRun run = bench("ingest", "--warmup", "2", "--bundles", "2", "--repeats", "1");

        assertThat(run.results())
                .contains("NON PUBLIABLE (0 sain sur 1", "processus inconnus", "échauffement de moins de 6000 lots");
        JsonNode report = JSON.readTree(bench("ingest", "--first", "100", "--warmup", "1", "--bundles", "1", "--json")
                .results());
        assertThat(report.at("/figures/0/publishable").asBoolean()).isFalse();
        assertThat(report.at("/figures/0/runs/0/otherCores").isNull()).isTrue();
    }

    @Test
    void readsTheProcessTimesOfTheServers() throws IOException {
        String self = String.valueOf(ProcessHandle.current().pid());

        JsonNode report = JSON.readTree(bench(
                        "ingest",
                        "--server-pid",
                        self,
                        "--postgres-pid",
                        self,
                        "--warmup",
                        "1",
                        "--bundles",
                        "200",
                        "--repeats",
                        "1",
                        "--json")
                .results());

        assertThat(report.at("/figures/0/runs/0/cpuServer").asDouble()).isPositive();
        assertThat(report.at("/figures/0/cpuServerPer1000/median").asDouble()).isPositive();
        assertThat(report.at("/figures/0/runs/0/residentMebibytes").asDouble()).isGreaterThan(10);
    }

    @Test
    void saysWhenAServerOnlyRepeatedItself() {
        bench("ingest", "--warmup", "1", "--bundles", "3", "--repeats", "1");

        ProgramRun again = bench("ingest", "--warmup", "1", "--bundles", "3", "--repeats", "1");

        assertThat(again.results()).contains("lots déjà reçus, donnez --first");
    }

    @Test
    void measuresReadsSearchesAndValidation() {
        assertThat(quick("read").status()).isZero();
        assertThat(quick("validate").status()).isZero();
        ProgramRun search = quick("search", "--only", "patient-identifier,last-updated");
        assertThat(search.status()).isZero();
        assertThat(search.results())
                .contains("patient-identifier", "last-updated")
                .doesNotContain("patient-has");
    }

    @Test
    void countsFailedRequestsAndShowsOne() {
        own.objecting((exchange, delivery) -> {
            boolean measured = delivery.key().equals("bench-2");
            if (measured) {
                ReceivingExchange.answer(exchange, 422, "{\"issue\":[{\"diagnostics\":\"non\"}]}");
            }
            return measured;
        });

        ProgramRun run = bench("ingest", "--warmup", "2", "--bundles", "3", "--repeats", "1");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.results()).contains("erreurs", "422 {\"issue\":[{\"diagnostics\":\"non\"}]}");
    }

    @Test
    void stopsInClearWordsWhenNothingCanBeMeasured() {
        own.objecting((exchange, delivery) -> {
            ReceivingExchange.answer(exchange, 403, "interdit");
            return true;
        });

        assertThat(bench("ingest").remarks()).contains("keneya refuse les lots d’essai", "403 interdit");
        assertThat(ProgramRun.of("bench", "read", "--url", "http://127.0.0.1:1/fhir")
                        .remarks())
                .contains("serveur injoignable");
        assertThat(ProgramRun.of("bench", "read", "--server-jar", "/nulle/part.jar")
                        .remarks())
                .contains("introuvable : /nulle/part.jar");
        assertThat(bench("search", "--only", "tout").remarks()).contains("patient-identifier");
    }

    private ProgramRun quick(String what, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--warmup", "2", "--seconds", "0.1", "--warm-seconds", "0.05", "--repeats", "1"));
        own.close();
        try {
            own = new ReceivingExchange();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return bench(what, options.toArray(String[]::new));
    }

    private ProgramRun bench(String what, String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", what, "--url", own.base()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private static List<String> bodies(ReceivingExchange exchange) {
        return exchange.deliveries().stream()
                .map(ReceivingExchange.Delivery::text)
                .toList();
    }
}
