package ml.keneya.load;

import static ml.keneya.load.test.ReceivingExchange.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ml.keneya.load.test.ReceivingExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the outbox of the command line sums up; what it does is in {@code OutboxTest}. */
class OutboxCommandTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("outbox --once --json ends with a summary for scripts, and the same exit codes")
    void sumsUpInJson() throws IOException {
        write("bon");
        write("mauvais");
        try (var exchange = new ReceivingExchange()) {
            exchange.objecting((http, delivery) -> {
                boolean bad = delivery.text().contains("mauvais");
                if (bad) {
                    answer(http, 422, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}");
                }
                return bad;
            });

            ProgramRun run = outbox(exchange);

            assertThat(run.status()).isEqualTo(3);
            assertThat(new ObjectMapper().readTree(run.results()))
                    .hasToString("{\"summary\":{\"sent\":1,\"refused\":1,\"waiting\":0}}");
            assertThat(outbox(exchange).status()).isZero();
        }
    }

    private ProgramRun outbox(ReceivingExchange exchange) {
        return ProgramRun.of("outbox", folder.toString(), "--once", "--json", "--server", exchange.base());
    }

    private void write(String name) throws IOException {
        Files.writeString(
                folder.resolve(name + ".json"),
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"identifier\":{\"value\":\"" + name
                        + "\"},\"entry\":[]}");
    }
}
