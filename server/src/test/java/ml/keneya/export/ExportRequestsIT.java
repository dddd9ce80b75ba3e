package ml.keneya.export;

import static ml.keneya.export.ExportClient.ASYNC;
import static org.assertj.core.api.Assertions.assertThat;

import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What may be asked of an export, and what is refused. */
@KeneyaIntegrationTest
class ExportRequestsIT {

    @Autowired
    Exchange exchange;

    @Test
    void refusesWhatIsNotAskedForAsynchronously() {
        exchange.get("$export").isRefused(400, "ML-EXPORT-001").says("Prefer: respond-async");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient=Patient/1", "nonsense=1"})
    void refusesParametersThatItDoesNotHeedUnlessTheClientIsLenient(String parameter) {
        exchange.get("$export?_type=Patient&" + parameter, ASYNC).isRefused(400, "ML-EXPORT-005");

        OperationOutcome outcome = exchange.get(
                        "$export?_type=Patient&" + parameter, "Prefer", "respond-async, handling=lenient")
                .hasStatus(202)
                .as(OperationOutcome.class);

        assertThat(outcome.getIssueFirstRep().getDiagnostics())
                .contains(parameter.split("=")[0], "ignoré");
    }

    @Test
    void saysInTheCapabilityStatementThatItIsABulkDataServer() {
        CapabilityStatement statement = exchange.get("metadata").as(CapabilityStatement.class);

        assertThat(statement.getInstantiates())
                .extracting(CanonicalType::getValue)
                .contains("http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data");
    }

    @Test
    void refusesTypesThatItCannotExport() {
        exchange.get("$export?_type=Claim", ASYNC)
                .isRefused(400, "ML-EXPORT-006")
                .says("Patient");
        exchange.get("Patient/$export?_type=Organization", ASYNC).isRefused(400, "ML-EXPORT-006");
        exchange.get("$export?_type=Claim,Patient", "Prefer", "respond-async;handling=lenient")
                .hasStatus(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_since=hier",
                "_since=2026-11-28",
                "_outputFormat=text/csv",
                "_elements=Patient.nonsense",
                "_elements=name.family",
                "_until=1999-01-01T00:00:00Z",
                "_since=2026-01-02T00:00:00Z&_until=2026-01-01T00:00:00Z"
            })
    void refusesValuesThatItDoesNotUnderstand(String parameter) {
        exchange.get("$export?" + parameter, ASYNC).isRefused(400, "ML-FHIR-040");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+ndjson", "application/fhir%2Bndjson", "application/ndjson", "ndjson"})
    void knowsItsFormatByAllItsNames(String format) {
        exchange.get("$export?_type=Schedule&_outputFormat=" + format, ASYNC).hasStatus(202);
    }
}
