package ml.keneya.security.limits;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ClientLimitsIT {

    private static final int PLACES = 16;

    @Autowired
    Exchange exchange;

    @Autowired
    DataSource database;

    @Test
    @DisplayName("S8: a client that holds all its places is refused with 429 and takes none from another")
    void s8_refusesWhoHoldsAllPlaces() throws Exception {
        String[] greedy = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] other = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        List<Socket> held = new ArrayList<>();
        try {
            for (int place = 0; place < PLACES; place++) {
                held.add(beginToSend(greedy[1]));
            }

            Answer refused = until(429, () -> {
                // What is asked meanwhile takes a place too, for which a held one may have been refused.
                held.add(beginToSend(greedy[1]));
                return exchange.get("Observation?_count=1", greedy);
            });

            refused.isRefused(429, "ML-LIMITS-009").says("16");
            assertThat(refused.header("Retry-After")).contains("5");
            exchange.get("Observation?_count=1", other).hasStatus(200);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        until(200, () -> exchange.get("Observation?_count=1", greedy)).hasStatus(200);
    }

    @Test
    @DisplayName("S8: a client whose searches all take long leaves connections to the database for others")
    void s8_leavesConnectionsForOthers() throws Exception {
        String[] greedy = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        String[] other = TestSystem.ofSite(exchange, unique("cscom")).withAll();
        ExecutorService searches = Executors.newFixedThreadPool(PLACES);
        try (Connection lock = database.getConnection();
                Statement locks = lock.createStatement()) {
            lock.setAutoCommit(false);
            // What this search alone reads.
            locks.execute("lock table hfj_spidx_coords in access exclusive mode");
            for (int search = 0; search < PLACES; search++) {
                searches.submit(() -> exchange.get("Location?near=12.65%7C-8.0%7C10%7Ckm", greedy));
            }
            waitUntil(PLACES, locks);

            Instant began = Instant.now();
            exchange.get("Observation?_count=1", other).hasStatus(200);

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(4));
            lock.rollback();
        } finally {
            searches.shutdownNow();
        }
    }

    private static void waitUntil(int waiting, Statement statement) throws SQLException {
        Instant end = Instant.now().plus(Duration.ofSeconds(8));
        int found = 0;
        while (found < waiting && Instant.now().isBefore(end)) {
            try (ResultSet count = statement.executeQuery("""
                    select count(*) from pg_locks
                    where not granted and relation = 'hfj_spidx_coords'::regclass
                    """)) {
                count.next();
                found = count.getInt(1);
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(waiting);
    }

    @Test
    @DisplayName("T5: after twenty refused proofs of a client from one address come no more answers, to others they do")
    void t5_endsGuessing() {
        TestSystem guessed = TestSystem.ofSite(exchange, unique("cscom"));
        String stolen = guessed.assertion(claims -> claims.issuer("somebody else"));
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(guessed.ask(stolen, "system/*.rs").status()).isEqualTo(401);
        }

        Answer refused = until(429, () -> guessed.ask(stolen, "system/*.rs"));

        refused.hasStatus(429);
        assertThat(refused.header("Retry-After").map(Integer::valueOf))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
        assertThat(refused.body()).contains("temporarily_unavailable");
        TestSystem.ofSite(exchange, unique("cscom")).token("system/*.rs");
    }

    @Test
    @DisplayName(
            "T5: a client that is not registered is answered like one whose proof is wrong, as often and no longer")
    void t5_tellsNothingOfWhoIsRegistered() {
        TestSystem registered = TestSystem.ofSite(exchange, unique("cscom"));
        String wrong = registered.assertion(claims -> claims.issuer("somebody else"));
        String name = unique("nobody");
        String unknown = registered.assertion(claims -> claims.issuer(name).subject(name));
        for (int attempt = 0; attempt < 20; attempt++) {
            Answer ofRegistered = registered.ask(wrong, "system/*.rs");
            Answer ofUnknown = registered.ask(unknown, "system/*.rs");

            assertThat(ofUnknown.status()).isEqualTo(ofRegistered.status());
            assertThat(ofUnknown.body()).isEqualTo(ofRegistered.body());
        }
        assertThat(until(429, () -> registered.ask(unknown, "system/*.rs")).status())
                .isEqualTo(429);
    }

    /** Says that a body follows, and sends none of it. */
    private Socket beginToSend(String authorization) {
        URI base = URI.create(exchange.base());
        try {
            Socket socket = new Socket(base.getHost(), base.getPort());
            socket.getOutputStream()
                    .write(("POST /fhir HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAuthorization: "
                                    + authorization
                                    + "\r\nContent-Type: application/fhir+json\r\nContent-Length: 1000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The server notices beginnings and ends of connections a moment later than the client. */
    private static Answer until(int status, Supplier<Answer> ask) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        Answer answer = ask.get();
        while (answer.status() != status && Instant.now().isBefore(end)) {
            answer = ask.get();
        }
        return answer;
    }
}
