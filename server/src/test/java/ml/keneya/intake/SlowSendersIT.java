package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import ml.keneya.test.AtOnce;
import ml.keneya.test.CountsStatements;
import ml.keneya.test.Demand;
import ml.keneya.test.Exchange;
import ml.keneya.test.ExemptFrom;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * I3 on the whole server, with the limits that it is delivered with: 200 bytes a second on average over each half
 * minute of waiting. Three senders at the same time, because each needs its half minute.
 */
@KeneyaIntegrationTest
@Execution(ExecutionMode.CONCURRENT) // It waits most of the time.
@ResourceLock(CountsStatements.COUNTED)
class SlowSendersIT {

    /** More than half a minute at 1 kB/s. */
    private static final int CHILDREN = 90;

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    private enum Sender {
        SILENT,
        TRICKLING,
        SLOW
    }

    @Test
    @ExemptFrom(value = Demand.IN_TIME, because = "The bodies take longer than an answer may.")
    @DisplayName("I3: a sender of 1 kB/s is waited for, one that trickles or stops is dropped")
    void waitsForWhoIsSlowAndDropsWhoStalls() throws Exception {
        List<String> numbers = List.of(unique("record"), unique("record"), unique("record"));

        List<String> answers =
                AtOnce.send(3, sender -> send(Sender.values()[sender], exchange.json(aDayOf(numbers.get(sender)))));

        assertThat(answers.get(Sender.SILENT.ordinal()))
                .startsWith("HTTP/1.1 408")
                .contains("ML-LIMITS-010");
        assertThat(answers.get(Sender.TRICKLING.ordinal()))
                .startsWith("HTTP/1.1 408")
                .contains("ML-LIMITS-010");
        assertThat(answers.get(Sender.SLOW.ordinal())).startsWith("HTTP/1.1 200");
        assertThat(numbers).extracting(this::children).containsExactly(0, 0, 1);
    }

    private String send(Sender sender, String bundle) {
        URI base = URI.create(exchange.base());
        try (NarrowLink slow = NarrowLink.to(base, new Speed(Duration.ofMillis(600), 1_000, 1));
                NarrowLink trickle = NarrowLink.to(base, new Speed(Duration.ofMillis(600), 100, 1))) {
            return switch (sender) {
                case SILENT -> over(base, bundle, bundle.length() / 2);
                case TRICKLING -> over(trickle.address(), bundle, Integer.MAX_VALUE);
                case SLOW -> over(slow.address(), bundle, Integer.MAX_VALUE);
            };
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String over(URI address, String bundle, int mostBytes) {
        byte[] body = bundle.getBytes(StandardCharsets.UTF_8);
        String head = "POST /fhir HTTP/1.1\r\nContent-Type: " + Exchange.FHIR_JSON + "\r\nKeneya-Facility: " + facility
                + "\r\nContent-Length: " + body.length + "\r\n";
        return exchange.raw(address, head, Arrays.copyOf(body, Math.min(mostBytes, body.length)));
    }

    private static Bundle aDayOf(String number) {
        Bundle day = transaction(creating(aChild(number)));
        for (int child = 1; child < CHILDREN; child++) {
            day.addEntry(creating(aChild(unique("record"))));
        }
        return day;
    }

    private int children(String number) {
        return exchange.get("Patient?identifier=" + Records.RECORD_NUMBER + "%7C" + number)
                .entries()
                .size();
    }
}
