package ml.keneya.intake;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.transaction;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deliveries that nobody comes to an end with: repeated, too many, stuck, or failed by the exchange itself. */
@KeneyaIntegrationTest
class LeftDeliveriesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcClient jdbc;

    private final String facility = unique("cscom");
    private final String trigger = "keneya.failing_" + facility.replaceAll("\\W", "_");
    private String nobody;

    @BeforeEach
    void nameNobody() {
        nobody = "Patient/" + unique("nobody");
    }

    @Test
    void keepsOnceWhatIsSentForLaterAndRefusedAgain() {
        Bundle wrong = wrong();

        refusedLater(wrong);
        refusedLater(wrong);

        assertThat(quarantine()).hasSize(1);
    }

    @Test
    void keepsNoMoreOfWhatIsRefusedLaterThanASenderHasRoomFor() {
        jdbc.sql("""
                        insert into keneya.delivery
                            (client, facility, role, base, key, digest, headers, body, status, http_status, finished_at)
                        select 'local', :facility, 'ADMINISTRATOR', :base, 'key:' || number, 'none', '{}', '{', 'REFUSED',
                               422, now()
                        from generate_series(1, :most) number
                        """)
                .param("facility", facility)
                .param("base", exchange.base())
                .param("most", IntakeLimits.KEPT_DELIVERIES)
                .update();

        String status = refusedLater(wrong());

        assertThat(quarantine("&code=ML-INTAKE-005")).isEmpty();
        exchange.get("$quarantine-content?id=" + numberIn(status)).isRefused(410, "ML-INTAKE-015");
    }

    @Test
    void takesBackWhatWaitsAndLetsTheNextOnePass() {
        String first = later(transaction(creating(aChild(unique("record")))));
        leaveWaiting(numberIn(first));
        String second = later(transaction(creating(aChild(unique("record")))));
        assertThat(quarantine())
                .extracting(entry -> entry.getResource().getIdPart())
                .contains(numberIn(first));
        assertThat(exchange.get(second).status()).isEqualTo(202);

        exchange.post("$quarantine-dismiss", """
                        {"resourceType":"Parameters","parameter":[
                          {"name":"id","valueString":"%s"},{"name":"reason","valueString":"bloqué"}]}
                        """.formatted(numberIn(first))).hasStatus(200);

        BundleEntryComponent withdrawn = outcomeOf(first);
        assertThat(withdrawn.getResponse().getStatus()).isEqualTo("410");
        assertThat(codeIn(withdrawn)).isEqualTo("ML-INTAKE-016");
        assertThat(outcomeOf(second).getResponse().getStatus()).isEqualTo("200");
        assertThat(quarantine()).isEmpty();
    }

    @Test
    void keepsWhatTheExchangeItselfFailedAt() {
        Bundle visit = transaction(creating(aChild(unique("record"))));
        failAtReceipts();
        Answer failed;
        try {
            failed = exchange.post(visit, facility).isRefused(500, "ML-FHIR-099");
        } finally {
            jdbc.sql("drop function " + trigger + " cascade").update();
        }
        String id = failed.header("Keneya-Quarantine").orElseThrow();
        assertThat(quarantine("&code=ML-FHIR-099"))
                .extracting(entry -> entry.getResource().getIdPart())
                .containsExactly(id);

        exchange.post("$quarantine-replay", """
                        {"resourceType":"Parameters","parameter":[{"name":"id","valueString":"%s"}]}
                        """.formatted(id)).hasStatus(200);

        assertThat(quarantine()).isEmpty();
    }

    /** As no rule of ours would refuse. */
    private void failAtReceipts() {
        jdbc.sql("create function " + trigger + "() returns trigger language plpgsql as"
                        + " 'begin raise exception using errcode = ''22012''; end'")
                .update();
        jdbc.sql("create trigger failing before insert on keneya.receipt for each row when (new.facility = '" + facility
                        + "') execute function " + trigger + "()")
                .update();
    }

    /** As after tries that always found the exchange unable, for hours. */
    private void leaveWaiting(String id) {
        jdbc.sql("""
                        update keneya.delivery
                        set status = 'WAITING', http_status = null, outcome = null, refusal_code = null,
                            attempts = attempts + 1, received_at = now() - interval '2 hours',
                            lease_until = now() + interval '1 hour'
                        where id = :id
                        """).param("id", UUID.fromString(id)).update();
    }

    private Bundle wrong() {
        return transaction(creating(weightOf(nobody, "9.5")));
    }

    private String refusedLater(Bundle wrong) {
        String status = later(wrong);
        BundleEntryComponent outcome = outcomeOf(status);
        assertThat(outcome.getResponse().getStatus()).isEqualTo("422");
        assertThat(codeIn(outcome)).isEqualTo("ML-INTAKE-005");
        return status;
    }

    private String later(Bundle bundle) {
        return exchange.post("", exchange.json(bundle), "Prefer", "respond-async", "Keneya-Facility", facility)
                .hasStatus(202)
                .header("Content-Location")
                .orElseThrow();
    }

    private BundleEntryComponent outcomeOf(String status) {
        return await().atMost(PATIENCE)
                .until(() -> exchange.get(status), answer -> answer.status() == 200)
                .bundle()
                .getEntryFirstRep();
    }

    private static String codeIn(BundleEntryComponent outcome) {
        return ((OperationOutcome) outcome.getResponse().getOutcome())
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }

    private static String numberIn(String status) {
        return status.replaceAll(".*id=", "");
    }

    private List<BundleEntryComponent> quarantine() {
        return quarantine("");
    }

    private List<BundleEntryComponent> quarantine(String filter) {
        return exchange.get("$quarantine?facility=" + facility + filter).entries();
    }
}
