package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a client says, wherever it says it, makes no line of the log. */
@KeneyaIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class LoggedWordsIT {

    private static final String FORGED = "00:00:00.000 ERROR Kènèya: a line of somebody else";
    private static final String COLOURED = "\u001b[2J\u001b[31mred";

    @Autowired
    Exchange exchange;

    private final String facility = unique("cscom");

    @Test
    @DisplayName("I13: no words of a client begin a line of the log, colour it or are looked up")
    void writesNoLineThatAClientMade(CapturedOutput output) throws IOException {
        try (ServerSocket lookups = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String looked = "${jndi:ldap://127.0.0.1:" + lookups.getLocalPort() + "/a}";
            for (String words : List.of("x\r\n" + FORGED, "x\n" + FORGED, COLOURED, looked)) {
                say(words);
            }

            assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith(FORGED));
            assertThat(output.getAll()).doesNotContain("\u001b");
            lookups.setSoTimeout(1);
            assertThat(acceptedBy(lookups)).as("looked up").isFalse();
        }
    }

    @Test
    @DisplayName("I13: whatever is logged is one line, and what follows of it is set in")
    void setsInWhatFollowsALineBreak(CapturedOutput output) {
        String marker = unique("forged");

        LoggerFactory.getLogger(LoggedWordsIT.class)
                .warn("Said {}", marker + "\r\n" + FORGED + "\n" + FORGED + "\u2028" + FORGED + COLOURED);

        assertThat(output.getAll()).contains(marker);
        assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith(FORGED));
        assertThat(output.getAll()).doesNotContain("\u001b", "\r\n", "\u2028");
    }

    /** In every place that a request has. */
    private void say(String words) {
        String encoded = URLEncoder.encode(words, StandardCharsets.UTF_8);
        exchange.get("Patient/" + encoded);
        exchange.get("Patient?identifier=" + encoded);
        exchange.get("Patient?" + encoded + "=1");
        exchange.get("$delivery-status?id=" + encoded);
        exchange.post("$" + encoded, "{}");
        exchange.post(encoded, "{}");
        Bundle named = transaction(creating(aChild(unique("record"))));
        named.getIdentifier().setSystem(words).setValue(words);
        exchange.post(named, facility);
        named.setTypeElement(null);
        exchange.post(named, facility);
        exchange.post("", "{\"resourceType\":\"" + words.replace("\r", "\\r").replace("\n", "\\n") + "\"}");
        String oneLine = words.replaceAll("[\r\n]", " ");
        for (String header : List.of(
                "User-Agent",
                "X-Request-ID",
                "Idempotency-Key",
                "Keneya-Facility",
                "Prefer",
                "Accept",
                "Accept-Language",
                "Authorization",
                "Forwarded",
                "Upload-Metadata",
                "If-None-Exist")) {
            exchange.raw("POST /fhir HTTP/1.1\r\n" + header + ": " + oneLine + "\r\nContent-Length: 2\r\n", "{}");
        }
        exchange.raw("GET /fhir/" + oneLine + " HTTP/1.1\r\n", "");
    }

    private static boolean acceptedBy(ServerSocket door) throws IOException {
        try (Socket somebody = door.accept()) {
            return somebody.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }
}
