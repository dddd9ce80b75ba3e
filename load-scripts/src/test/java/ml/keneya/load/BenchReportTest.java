package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import ml.keneya.load.test.ReceivingExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final String REFUSAL = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
            + "\"code\":\"forbidden\",\"diagnostics\":\"pas pour vous\"}]}";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private ReceivingExchange exchange;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        exchange = new ReceivingExchange();
        exchange.server().createContext("/fhir/Measure", request -> {
            String address = request.getRequestURI().toString().replaceFirst("^/fhir/", "");
            asked.add(URLDecoder.decode(address, StandardCharsets.UTF_8));
            // As long as its address, so that the sizes in the table tell the reports apart.
            ReceivingExchange.answer(request, status, status == 200 ? address : REFUSAL);
        });
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void asksForEachWeeklyReportOnceApartAndThenAsOftenAsToldTo() {
        ProgramRun run = bench("--week", "2023-W50", "--repeats", "2");

        assertThat(run.status()).isZero();
        List<String> different = asked.stream().distinct().toList();
        assertThat(asked).hasSize(3 * different.size());
        assertThat(asked.subList(0, 4))
                .containsExactly(
                        "Measure/$idsr-weekly?week=2023-W50",
                        "Measure/$idsr-weekly?week=2023-W50",
                        "Measure/$idsr-weekly?week=2023-W50",
                        "Measure/$idsr-weekly?week=2023-W50&level=region");
        assertThat(different)
                .contains(
                        "Measure/$idsr-weekly?week=2023-W50&level=commune",
                        "Measure/$idsr-weekly?week=2023-W50&level=health-district&subject=health|ML",
                        "Measure/$idsr-publishable?level=commune&week=2023-W50",
                        "Measure/ml-epi-coverage-by-cohort/$evaluate-measure?level=region&week=2023-W50",
                        "Measure/$idsr-series?periodStart=2018-12-18&periodEnd=2023-12-17")
                .hasSize(rows(run).size());
        assertThat(rows(run)).allSatisfy(row -> assertThat(row).hasSizeGreaterThan(4));
        assertThat(rows(run).get(0)[0]).isEqualTo("idsr");
        assertThat(rows(run).get(0)[1]).isEqualTo(String.valueOf("Measure/$idsr-weekly?week=2023-W50".length()));
        assertThat(run.results()).contains("Semaine 2023-W50 ; 2 appels de chaque rapport après le premier");
    }

    @Test
    void measuresOnlyWhatIsAskedForAndTheLastWeekThatIsOver() {
        ProgramRun run = bench("--only", "idsr-cercle,series", "--years", "1", "--repeats", "1");

        // The test's day is Sunday, 22 November 2026: its week is not over.
        assertThat(asked.stream().distinct())
                .containsExactly(
                        "Measure/$idsr-weekly?week=2026-W46&level=cercle",
                        "Measure/$idsr-series?periodStart=2025-11-16&periodEnd=2026-11-15");
        assertThat(rows(run)).hasSize(2);
    }

    @Test
    void readsTheProcessTimesOfTheServers() {
        String self = String.valueOf(ProcessHandle.current().pid());

        ProgramRun known = bench("--only", "idsr", "--server-pid", self, "--postgres-pid", self, "--repeats", "300");
        ProgramRun unknown = bench("--only", "idsr", "--repeats", "1");

        String[] row = rows(known).get(0);
        assertThat(Double.parseDouble(row[row.length - 2].replace(',', '.'))).isPositive();
        assertThat(Double.parseDouble(row[row.length - 1].replace(',', '.'))).isPositive();
        assertThat(rows(unknown).get(0)).endsWith("–", "–");
    }

    @Test
    void stopsInClearWordsWhenNothingCanBeMeasured() {
        assertThat(bench("--only", "tout").remarks()).contains("Rapport inconnu", "idsr-publishable", "series-region");
        assertThat(bench("--only", "tout").status()).isNotZero();
        status = 403;
        ProgramRun refused = bench("--only", "idsr");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.remarks()).contains("pas pour vous");
        assertThat(refused.results()).isEmpty();
    }

    private ProgramRun bench(String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "report", "--base", exchange.base()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    /** The cells of each line between the rule below the headings and the empty line. */
    private static List<String[]> rows(ProgramRun run) {
        return run.results()
                .lines()
                .dropWhile(line -> !line.startsWith("──"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line ->
                        Arrays.stream(line.split("\\s{2,}")).map(String::strip).toArray(String[]::new))
                .toList();
    }
}
