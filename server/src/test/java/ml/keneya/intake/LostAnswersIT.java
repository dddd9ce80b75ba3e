package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A link that breaks anywhere: while the bundle goes out, before the answer comes, in the middle of it. The clinic's
 * software sends again until it holds a whole answer; by then every record is there once.
 */
@KeneyaIntegrationTest
class LostAnswersIT {

    private static final int DELIVERIES = 12;
    private static final Pattern LOCATION = Pattern.compile("(Patient|Observation)/[^\"]+/_history/1");

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    @RepeatedTest(3)
    void storesEachDeliveryOnceOverALinkThatBreaksAnywhere(RepetitionInfo repetition) throws Exception {
        Random chance = new Random(repetition.getCurrentRepetition());
        List<String> numbers = new ArrayList<>();
        int tries = 0;
        try (BreakingLink link = BreakingLink.to(URI.create(exchange.base()), chance)) {
            for (int delivery = 0; delivery < DELIVERIES; delivery++) {
                String number = unique("record");
                numbers.add(number);
                tries += deliver(link, aVisit(number), unique("key"));
            }
        }

        assertThat(tries).as("tries").isGreaterThan(DELIVERIES);
        for (String number : numbers) {
            assertThat(recordsUnder(number)).isEqualTo(2);
        }
    }

    @Test
    void repeatsTheAnswerThatWasLostAfterTheCommit() throws Exception {
        String number = unique("record");
        try (LossyLink link = LossyLink.to(URI.create(exchange.base()))) {
            HttpRequest request = requestOf(link.address(), aVisit(number), unique("key"));

            link.lose(answer -> 0);
            assertThatIOException().isThrownBy(() -> send(request));
            // The exchange has answered, so that it had committed, and the clinic knows nothing of it.
            assertThat(recordsUnder(number)).isEqualTo(2);
            link.lose(LostAnswersIT::untilTheMiddleOfTheBody);
            assertThatIOException().isThrownBy(() -> send(request));
            link.lose(answer -> 0);
            assertThatIOException().isThrownBy(() -> send(request));
            link.lose(answer -> answer.length);
            HttpResponse<String> arrived = send(request);

            assertThat(arrived.statusCode()).isEqualTo(200);
            assertThat(arrived.headers().firstValue("Keneya-Replayed")).contains("true");
            assertThat(link.answers())
                    .hasSize(4)
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200"));
            assertThat(link.answers().get(0)).doesNotContain("Keneya-Replayed");
            assertThat(link.answers().subList(1, 4))
                    .allSatisfy(answer -> assertThat(answer).contains("Keneya-Replayed: true"));
            assertThat(link.answers()).extracting(LostAnswersIT::locationsIn).containsOnly(locationsIn(arrived.body()));
            assertThat(locationsIn(arrived.body())).hasSize(2);
            assertThat(recordsUnder(number)).isEqualTo(2);
        }
    }

    private static int untilTheMiddleOfTheBody(byte[] answer) {
        int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return (body + answer.length) / 2;
    }

    private static List<String> locationsIn(String answer) {
        return LOCATION.matcher(answer).results().map(MatchResult::group).toList();
    }

    private int deliver(BreakingLink link, Bundle visit, String key) throws InterruptedException {
        HttpRequest request = requestOf(link.address(), visit, key);
        for (int tries = 1; ; tries++) {
            assertThat(tries).isLessThan(50);
            try {
                HttpResponse<String> answer = send(request);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                return tries;
            } catch (IOException lost) {
                link.heals();
            }
        }
    }

    private HttpRequest requestOf(URI address, Bundle visit, String key) {
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", Exchange.FHIR_JSON)
                .header("Keneya-Facility", facility)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(exchange.json(visit)))
                .build();
    }

    /** With a connection of its own for each try, as after a link that went down. */
    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private int recordsUnder(String number) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number
                        + "&_revinclude=Observation:subject")
                .entries()
                .size();
    }

    private static Bundle aVisit(String number) {
        String child = aPlaceholder();
        return transaction(creating(child, aChild(number)), creating(weightOf(child, "9.5")));
    }
}
