package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.aPlaceholder;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A link that breaks anywhere: while the bundle goes out, before the answer comes, in the middle of it. The clinic's
 * software sends again until it holds a whole answer; by then every record is there once.
 */
@KeneyaIntegrationTest
class LostAnswersIT {

    private static final int DELIVERIES = 12;

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
            assertThat(exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number
                                    + "&_revinclude=Observation:subject")
                            .entries())
                    .hasSize(2);
        }
    }

    private int deliver(BreakingLink link, Bundle visit, String key) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(link.address())
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", Exchange.FHIR_JSON)
                .header("Keneya-Facility", facility)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(exchange.json(visit)))
                .build();
        for (int tries = 1; ; tries++) {
            assertThat(tries).isLessThan(50);
            try {
                // A connection of its own for each try, as after a link that went down.
                HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                return tries;
            } catch (IOException lost) {
                link.heals();
            }
        }
    }

    private static Bundle aVisit(String number) {
        String child = aPlaceholder();
        return transaction(creating(child, aChild(number)), creating(weightOf(child, "9.5")));
    }
}
