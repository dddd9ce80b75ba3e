package ml.keneya.export;

import static ml.keneya.export.ExportClient.asynchronously;

import java.util.List;
import java.util.UUID;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may not export, and what the agency may not ask of its own. */
@KeneyaIntegrationTest
class ExportRightsIT {

    @Autowired
    Exchange exchange;

    String[] warehouse;

    @BeforeEach
    void letTheWarehouseIn() {
        warehouse = TestSystem.withRole(exchange, "agency").with("system/*.rs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$export?_typeFilter=Patient%3Ffamily%3DX",
                "Patient/$export?patient=Patient/1",
                "$export?_until=2026-11-29T00:00:00Z",
                "$export?organizeOutputBy=Patient",
                "$export?includeAssociatedData=LatestProvenanceResources"
            })
    @DisplayName("What chooses by what is hidden is refused")
    void refusesToChooseByWhatIsHidden(String query) {
        exchange.get(query, asynchronously(warehouse)).isRefused(403, "ML-EXPORT-013");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expert-hub", "social", "auditor", "administrator", "area"})
    void refusesEveryOtherRole(String role) {
        String[] somebody = TestSystem.withRole(exchange, role).withAll();

        for (String path : List.of("$export", "Patient/$export", "$export-file?_jobId=" + UUID.randomUUID())) {
            exchange.get(path, asynchronously(somebody)).isRefused(403, "ML-FHIR-100");
        }
    }

    @Test
    @DisplayName("The agency has no export of a group, no publication and no import, and none without system/*.rs")
    void refusesTheAgencyTheRest() {
        for (String path : List.of("Group/1/$export", "$bulk-publish")) {
            exchange.get(path, asynchronously(warehouse)).isRefused(403, "ML-FHIR-100");
        }
        String[] all = TestSystem.withRole(exchange, "agency").withAll();
        exchange.post("$import", "{\"resourceType\":\"Parameters\"}", all).isRefused(403, "ML-FHIR-100");
        String[] little = TestSystem.withRole(exchange, "agency").with("system/Patient.rs");
        exchange.get("$export?_type=Patient", asynchronously(little)).isRefused(403, "ML-FHIR-101");
    }
}
