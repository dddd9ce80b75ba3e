package ml.keneya.load.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.test.Exchanges;
import ml.keneya.load.test.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleSenderTest {
    private static final String NAMELESS = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}";
    private static final String IDENTIFIED = """
            {"resourceType":"Bundle","identifier":{"system":"urn:x","value":"1"},"type":"transaction"}""";
    private static final String TAKEN = """
            {"resourceType":"Bundle","type":"transaction-response","entry":[\
            {"response":{"status":"201 Created","location":"Patient/1/_history/1"}},\
            {"response":{"status":"200 OK","location":"Encounter/2/_history/1","outcome":{"resourceType":\
            "OperationOutcome","issue":[{"severity":"warning","code":"invalid","diagnostics":"NINA inhabituel"}]}}}]}""";

    private ScriptedServer server;
    private BundleSender sender;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        sender = new BundleSender(Exchanges.at(server.base()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void countsWhatWasKeptAndWhereItIs() {
        server.thenAnswer(200, TAKEN, "Keneya-Replayed", "true");

        var accepted = (Outcome.Accepted) send(IDENTIFIED);

        assertThat(accepted.resources()).isEqualTo(2);
        assertThat(accepted.warnings()).extracting(Issue::text).containsExactly("NINA inhabituel");
        assertThat(accepted.replayed()).isTrue();
        assertThat(accepted.locations()).containsExactly("Patient/1/_history/1", "Encounter/2/_history/1");
    }

    @Test
    void namesABundleWithoutIdentifierByItsContent() {
        server.thenAnswer(200, TAKEN).thenAnswer(200, TAKEN).thenAnswer(200, TAKEN);

        send(NAMELESS);
        send(NAMELESS);
        send(NAMELESS + " ");

        String key = server.requests().get(0).header("Idempotency-Key");
        assertThat(key).matches("sha256-[0-9a-f]{64}");
        assertThat(server.requests().get(1).header("Idempotency-Key")).isEqualTo(key);
        assertThat(server.requests().get(2).header("Idempotency-Key")).isNotEqualTo(key);
    }

    @Test
    void leavesABundleItsOwnIdentifier() {
        server.thenAnswer(200, TAKEN);

        send(IDENTIFIED);

        assertThat(server.requests().get(0).header("Idempotency-Key")).isNull();
    }

    @Test
    void saysForWhichSiteItSendsOnlyWhenToldTo() {
        server.thenAnswer(200, TAKEN).thenAnswer(200, TAKEN);

        sender.send("a", bytes(IDENTIFIED), "csref-kita");
        sender.send("b", bytes(IDENTIFIED), null);

        assertThat(server.requests().get(0).header("Keneya-Facility")).isEqualTo("csref-kita");
        assertThat(server.requests().get(1).header("Keneya-Facility")).isNull();
    }

    @Test
    void takesTheSiteFromTheBundleItselfUnlessToldOtherwise() {
        server.thenAnswer(200, TAKEN).thenAnswer(200, TAKEN).thenAnswer(200, TAKEN);
        String assigned = """
                {"resourceType":"Bundle","identifier":{"system":"https://keneya.ml/id/submission","value":"1","assigner":\
                {"display":"x","identifier":{"system":"https://keneya.ml/id/facility","value":"cscom-a"}}},\
                "type":"transaction","entry":[]}""";

        sender.send("a", bytes(assigned), null);
        sender.send("b", bytes(assigned), "csref-kita");
        sender.send("c", bytes(assigned.replace("id/facility", "id/other")), null);

        assertThat(server.requests().get(0).header("Keneya-Facility")).isEqualTo("cscom-a");
        assertThat(server.requests().get(1).header("Keneya-Facility")).isEqualTo("csref-kita");
        assertThat(server.requests().get(2).header("Keneya-Facility")).isNull();
    }

    @Test
    void sendsTheBytesAsTheyAreButForAByteOrderMark() {
        server.thenAnswer(200, TAKEN);

        send("\uFEFF" + IDENTIFIED);

        assertThat(server.requests().get(0).text()).isEqualTo(IDENTIFIED);
    }

    @Test
    void repeatsWhyABundleWasRefused() {
        server.thenAnswer(422, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",\
                "details":{"text":"court"},"diagnostics":"La date 2026-02-30 n’existe pas.",\
                "expression":["Bundle.entry[3].resource.birthDate"]}]}""");

        var refused = (Outcome.Refused) send(IDENTIFIED);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.issues())
                .containsExactly(new Issue(
                        "error", "invalid", "La date 2026-02-30 n’existe pas.", "Bundle.entry[3].resource.birthDate"));
    }

    @Test
    void takesAWebPageForNoAcceptance() {
        server.thenAnswer(200, "<html>Bienvenue, achetez un forfait</html>");

        assertThat(send(IDENTIFIED)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void callsABatchRefusedWhenOneEntryIs() {
        server.thenAnswer(200, """
                {"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"201"}},\
                {"response":{"status":"422","outcome":{"resourceType":"OperationOutcome","issue":[\
                {"severity":"error","code":"value","diagnostics":"Code inconnu"}]}}}]}""");

        var refused = (Outcome.Refused) send(NAMELESS.replace("transaction", "batch"));

        assertThat(refused.resources()).isEqualTo(1);
        assertThat(refused.issues()).extracting(Issue::text).containsExactly("Code inconnu");
    }

    @Test
    void doesNotSendWhatIsNoWholeBundle() {
        assertThat(reasonNotToSend(NAMELESS.substring(0, 30))).isEqualTo("unreadable.json");
        assertThat(reasonNotToSend(NAMELESS + NAMELESS)).isEqualTo("unreadable.json");
        assertThat(reasonNotToSend("")).isEqualTo("unreadable.json");
        assertThat(reasonNotToSend("{\"resourceType\":\"Patient\"}")).isEqualTo("unreadable.no-bundle");
        assertThat(reasonNotToSend("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"))
                .isEqualTo("unreadable.no-bundle");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void doesNotSendAnotherEncoding() {
        byte[] latin = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"id\":\"Kènèya\"}"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(sender.send("a", latin, null)).isEqualTo(new Outcome.Unsent("a", "unreadable.encoding", ""));
    }

    private String reasonNotToSend(String text) {
        return ((Outcome.Unsent) send(text)).reason();
    }

    private Outcome send(String text) {
        return sender.send("a", bytes(text), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
