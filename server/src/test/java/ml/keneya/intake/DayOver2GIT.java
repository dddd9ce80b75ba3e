package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A day of a community health centre over 2G: forty visits and one vaccination session of thirty children, each sent
 * until its answer has come, over a link of 600 ms and 8 kB/s that goes down again and again.
 *
 * <p>Forty times faster than real, unless {@code -Dkeneya.link.faster=1} asks for the real pace.
 */
@KeneyaIntegrationTest
class DayOver2GIT {

    private static final Logger log = LoggerFactory.getLogger(DayOver2GIT.class);

    private static final double FASTER = Double.parseDouble(System.getProperty("keneya.link.faster", "40"));
    private static final long SEED = Long.getLong("keneya.link.seed", 2026);
    private static final int VISITS = 40;
    private static final int VACCINATED = 30;

    /** Of both directions together; the vaccination session with its answer takes some six thousand. */
    private static final int MOST_BYTES_OF_A_CONNECTION = 12_000;

    private static final int MOST_TRIES = 60;

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");
    private HttpClient client = newClient();

    @Test
    void bringsEveryBundleOfTheDayOnce() throws Exception {
        Random chance = new Random(SEED);
        List<String> numbers = new ArrayList<>();
        int tries = 0;
        long begin = System.nanoTime();
        try (NarrowLink link = NarrowLink.to(
                URI.create(exchange.base()), Speed.of2G(FASTER), () -> chance.nextInt(MOST_BYTES_OF_A_CONNECTION))) {
            for (int visit = 0; visit < VISITS; visit++) {
                tries += deliver(link, visitsOf(1, numbers));
            }
            tries += deliver(link, visitsOf(VACCINATED, numbers));
            log.info(
                    "A day over 2G, {} times faster: {} bundles, {} tries, {} connections, {} s",
                    FASTER,
                    VISITS + 1,
                    tries,
                    link.connections(),
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        }

        assertThat(tries).as("tries").isGreaterThan(VISITS + 1);
        assertThat(numbers).allSatisfy(number -> assertThat(recordsOf(number)).isEqualTo(2));
    }

    private int deliver(NarrowLink link, Bundle bundle) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(link.address())
                .timeout(Duration.ofSeconds(120))
                .header("Content-Type", Exchange.FHIR_JSON)
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip")
                .header("Keneya-Facility", facility)
                .POST(BodyPublishers.ofByteArray(zipped(exchange.json(bundle))))
                .build();
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            try {
                assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode())
                        .isEqualTo(200);
                return tries;
            } catch (IOException down) {
                client = newClient();
            }
        }
        throw new IllegalStateException("The bundle did not arrive in " + MOST_TRIES + " tries.");
    }

    private static Bundle visitsOf(int children, List<String> numbers) {
        Bundle bundle = transaction();
        for (int each = 0; each < children; each++) {
            String number = unique("record");
            numbers.add(number);
            String child = aPlaceholder();
            bundle.addEntry(creating(child, aChild(number)));
            bundle.addEntry(creating(weightOf(child, "9.5")));
        }
        bundle.getIdentifier().setSystem("https://keneya.ml/id/submission").setValue(unique("day"));
        return bundle;
    }

    private int recordsOf(String number) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number
                        + "&_revinclude=Observation:subject")
                .entries()
                .size();
    }

    private static byte[] zipped(String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Without the connections of the one before, of which none is left after the link went down. */
    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
