package ml.keneya.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import ml.keneya.fhir.Caller;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * I3 on a container with a single thread, a hundred times as impatient as ours: 200 bytes in 300 ms of waiting. A
 * client that holds the thread keeps all others out, so whoever is answered shows that it is free.
 */
class PacesBodiesTest {

    private static final int SENT_IN_ALL = 1_500;

    private static final Duration STRANGERS = Duration.ofSeconds(4);

    /** More than a busy machine takes to close a connection, and less than the rest of a patient container's. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration PATIENT = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Tomcat container = new Tomcat();

    @BeforeEach
    void start() throws Exception {
        start("1", STRANGERS);
    }

    private void startAgain(String threads, Duration strangers) throws Exception {
        stop();
        container = new Tomcat();
        start(threads, strangers);
    }

    private void start(String threads, Duration strangers) throws Exception {
        container.setBaseDir(folder.toString());
        container.setPort(0);
        container.getConnector().setProperty("address", "127.0.0.1");
        container.getConnector().setProperty("maxThreads", threads);
        container.getConnector().setProperty("minSpareThreads", threads);
        container.getConnector().setProperty("connectionTimeout", "2000");
        Context context = container.addContext("", folder.toString());
        Tomcat.addServlet(context, "reads", new Reads());
        Tomcat.addServlet(context, "refuses", new Refuses());
        context.addServletMappingDecoded("/reads", "reads");
        context.addServletMappingDecoded("/refuses", "refuses");
        Tomcat.addServlet(context, "known", new ReadsOfSomebodyKnown());
        context.addServletMappingDecoded("/known", "known");
        container
                .getEngine()
                .getPipeline()
                .addValve(new PacesBodies(
                        new SlowBodiesSettings(
                                DataSize.ofBytes(700), Duration.ofMillis(300), Duration.ofMinutes(1), strangers, 1),
                        System::nanoTime));
        container.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
        container.destroy();
    }

    @Test
    @DisplayName("I3: a slow but steady body arrives, however long it takes")
    void i3_waitsForASteadyBody() throws Exception {
        try (Client client = new Client()) {
            client.begin("/reads", SENT_IN_ALL);
            for (int sent = 0; sent < SENT_IN_ALL; sent += 25) {
                client.send(25);
                pause(10);
            }

            assertThat(client.statusLine()).contains("200");
        }
    }

    @Test
    @DisplayName("I3: a body that trickles is given up with 408, and its thread is free")
    void i3_givesUpATrickle() throws Exception {
        try (Client client = new Client()) {
            client.begin("/reads", SENT_IN_ALL);

            assertThat(client.trickleUntilAnswered()).contains("408");
            assertThat(client.isLetGo()).isTrue();
            isAnswered();
        }
    }

    @Test
    @DisplayName("I3: a body that begins fast and then trickles is given up too")
    void i3_givesUpWhoBecomesSlow() throws Exception {
        try (Client client = new Client()) {
            client.begin("/reads", 100_000);
            client.send(50_000);

            assertThat(client.trickleUntilAnswered()).contains("408");
            isAnswered();
        }
    }

    @Test
    @DisplayName("I3: a body that stops altogether is given up, and its thread is free")
    void i3_givesUpASilentBody() throws Exception {
        try (Client client = new Client()) {
            client.begin("/reads", SENT_IN_ALL);
            client.send(10);

            assertThat(client.statusLine()).contains("408");
            isAnswered();
        }
    }

    @Test
    @DisplayName("I3: the rest of a refused request is not waited for when it trickles")
    void i3_givesUpTheRestOfARefusedRequest() throws Exception {
        try (Client client = new Client()) {
            client.begin("/refuses", SENT_IN_ALL);

            assertThat(client.trickleUntilAnswered()).contains("401");
            client.trickleUntilLetGo();
            isAnswered();
        }
    }

    @Test
    @DisplayName("I3: the rest of a refused request is given up after some seconds, however steadily it arrives")
    void i3_readsTheRestOfARefusedRequestForSecondsOnly() throws Exception {
        try (Client client = new Client()) {
            client.begin("/refuses", 900_000);

            client.sendSteadilyUntilLetGo(SOON);
            isAnswered();
        }
    }

    @Test
    @DisplayName("I3: the rest of a refused request is not read at all when it is long")
    void i3_readsNoLongRest() throws Exception {
        startAgain("1", PATIENT);
        try (Client client = new Client()) {
            client.begin("/refuses", 5_000_000);
            assertThat(client.answer()).contains("401");

            client.sendSteadilyUntilLetGo(SOON);
        }
    }

    @Test
    @DisplayName("I3: no more rests of refused requests are read at the same time than the settings say")
    void i3_readsFewRestsAtATime() throws Exception {
        startAgain("2", PATIENT);
        try (Client first = new Client();
                Client second = new Client()) {
            first.begin("/refuses", 900_000);
            assertThat(first.answer()).contains("401");
            second.begin("/refuses", 900_000);
            assertThat(second.answer()).contains("401");

            assertThat(oneOf(first, second)).isTrue();
        }
    }

    @Test
    @DisplayName("I3: who is not known has some seconds for a form; who is known has longer")
    void i3_endsAFormThatTakesForEver() throws Exception {
        try (Client stranger = new Client()) {
            stranger.begin("/reads", 100_000);

            assertThat(stranger.sendSteadilyUntilAnswered()).contains("408");
        }
        try (Client known = new Client()) {
            known.begin("/known", 100 * 50);
            for (int sent = 0; sent < 100; sent++) {
                known.send(50);
                pause(50);
            }

            assertThat(known.statusLine()).contains("200");
        }
    }

    @Test
    @DisplayName("A refused request whose rest arrives leaves a connection that can be used again")
    void keepsTheConnectionOfWhoSendsTheRest() throws Exception {
        try (Client client = new Client()) {
            client.begin("/refuses", SENT_IN_ALL);
            client.send(SENT_IN_ALL);
            assertThat(client.answer()).contains("401");

            client.begin("/reads", 3);
            client.send(3);

            assertThat(client.statusLine()).contains("200");
        }
    }

    /** Whether one of two is let go; which one is read to its end is chance. */
    private static boolean oneOf(Client first, Client second) {
        Instant end = Instant.now().plus(SOON);
        while (Instant.now().isBefore(end)) {
            try {
                first.send(50);
                second.send(50);
            } catch (IOException letGo) {
                return true;
            }
            pause(10);
        }
        return false;
    }

    /** By the only thread there is. */
    private void isAnswered() throws IOException {
        try (Client client = new Client()) {
            client.begin("/reads", 3);
            client.send(3);
            assertThat(client.statusLine()).contains("200");
        }
    }

    /** Time is what these tests are about. */
    private static void pause(long milliseconds) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private final class Client implements AutoCloseable {

        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;

        Client() throws IOException {
            socket = new Socket("127.0.0.1", container.getConnector().getLocalPort());
            socket.setSoTimeout(10_000);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        void begin(String path, int length) throws IOException {
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void send(int bytes) throws IOException {
            out.write(new byte[bytes]);
            out.flush();
        }

        String statusLine() throws IOException {
            return String.valueOf(in.readLine());
        }

        /** The status line; the rest of an answer without a body is read too. */
        String answer() throws IOException {
            String status = statusLine();
            String header = in.readLine();
            while (header != null && !header.isEmpty()) {
                header = in.readLine();
            }
            return status;
        }

        /** A byte each 20 ms, for 10 s at most. */
        String trickleUntilAnswered() throws IOException {
            for (int sent = 0; sent < 500 && !in.ready(); sent++) {
                send(1);
                pause(20);
            }
            return statusLine();
        }

        void trickleUntilLetGo() throws IOException {
            for (int sent = 0; sent < 500; sent++) {
                try {
                    send(1);
                } catch (SocketException letGo) {
                    return;
                }
                pause(20);
            }
            throw new IllegalStateException("The connection is still there.");
        }

        /** Five thousand bytes a second, which is fast enough for any rate. */
        void sendSteadilyUntilLetGo(Duration atMost) throws IOException {
            Instant end = Instant.now().plus(atMost);
            while (Instant.now().isBefore(end)) {
                try {
                    send(50);
                } catch (SocketException letGo) {
                    return;
                }
                pause(10);
            }
            throw new IllegalStateException("The connection is still there.");
        }

        String sendSteadilyUntilAnswered() throws IOException {
            for (int sent = 0; sent < 1_000 && !in.ready(); sent++) {
                send(50);
                pause(10);
            }
            return statusLine();
        }

        boolean isLetGo() throws IOException {
            try {
                String line = in.readLine();
                while (line != null) {
                    line = in.readLine();
                }
            } catch (SocketException reset) {
                return true;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** As our filter does. */
    private static final class Reads extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException broken) {
                if (ExceptionUtils.indexOfType(broken, SocketTimeoutException.class) < 0) {
                    throw broken;
                }
                response.setStatus(408);
            }
        }
    }

    private static final class ReadsOfSomebodyKnown extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            new Caller("emr", "ML-CSCOM-0001", Caller.Role.SITE, Set.of(), null).bringTo(request);
            request.getInputStream().readAllBytes();
        }
    }

    private static final class Refuses extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(401);
        }
    }
}
