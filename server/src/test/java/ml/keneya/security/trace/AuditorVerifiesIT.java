package ml.keneya.security.trace;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An auditor hears whether the trace is whole, chain by chain. */
@KeneyaIntegrationTest
class AuditorVerifiesIT {

    @Autowired
    Exchange exchange;

    private TestSystem auditor;

    @BeforeEach
    void register() {
        auditor = TestSystem.withRole(exchange, "auditor");
    }

    @Test
    void saysThatAChainIsWholeOrNot() {
        String[] reads = auditor.with("system/AuditEvent.rs");
        exchange.create(aChild(unique("record"))).hasStatus(201);
        String chain = exchange.get("AuditEvent?_count=1", reads)
                .hasStatus(200)
                .entries()
                .get(0)
                .getResource()
                .getIdElement()
                .getIdPart()
                .replaceFirst("\\..*", "");

        Parameters whole = verify(reads, "chain", chain);
        assertThat(told(whole, "whole")).isEqualTo("true");
        assertThat(Integer.parseInt(told(whole, "rows"))).isPositive();

        String missing = chain + "/999999999/" + "a".repeat(64);
        assertThat(told(verify(reads, "chain", chain, "anchor", missing), "whole"))
                .isEqualTo("false");
        // What is noted of another chain says nothing about this one.
        String ofAnother = "999999999/1/" + "a".repeat(64);
        assertThat(told(verify(reads, "chain", chain, "anchor", ofAnother), "whole"))
                .isEqualTo("true");
        assertThat(told(verify(reads, "chain", "999999999"), "rows")).isEqualTo("0");
    }

    @Test
    @DisplayName("Not the whole trace at once, and nobody else")
    void limitsWhatMayBeAsked() {
        String[] reads = auditor.with("system/AuditEvent.rs");

        exchange.post("AuditEvent/$verify", "", reads).isRefused(400, "ML-FHIR-041");
        exchange.post("AuditEvent/$verify", body("chain", "x"), reads).isRefused(400, "ML-FHIR-040");
        exchange.post("AuditEvent/$verify", body("chain", "1"), auditor.with("system/Patient.rs"))
                .isRefused(403, "ML-FHIR-101")
                .says("system/AuditEvent.rs");
        for (String role : new String[] {"administrator", "agency"}) {
            exchange.post(
                            "AuditEvent/$verify",
                            body("chain", "1"),
                            TestSystem.withRole(exchange, role).withAll())
                    .isRefused(403, "ML-FHIR-100");
        }
    }

    private Parameters verify(String[] caller, String... parameters) {
        return exchange.post("AuditEvent/$verify", body(parameters), caller)
                .hasStatus(200)
                .as(Parameters.class);
    }

    private String body(String... parameters) {
        Parameters asked = new Parameters();
        for (int at = 0; at < parameters.length; at += 2) {
            asked.addParameter(parameters[at], parameters[at + 1]);
        }
        return exchange.json(asked);
    }

    private static String told(Parameters verdict, String name) {
        return verdict.getParameter(name).getValue().primitiveValue();
    }
}
