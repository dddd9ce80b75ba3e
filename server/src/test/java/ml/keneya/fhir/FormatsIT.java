package ml.keneya.fhir;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class FormatsIT {

    @Autowired
    Exchange exchange;

    @Test
    void refusesAClientThatAcceptsOnlyPlainText() {
        exchange.get("metadata", "Accept", "text/plain").isRefused(406, "ML-FHIR-006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/x-turtle, text/plain"})
    void refusesTurtleInWordsThatArrive(String accept) {
        exchange.get("metadata", "Accept", accept).isRefused(406, "ML-FHIR-006");
        exchange.get("Patient/" + unique("unknown"), "Accept", accept).isRefused(406, "ML-FHIR-006");
        exchange.get("metadata?_format=ttl").isRefused(406, "ML-FHIR-006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/x-turtle", "application/fhir+turtle", "application/rdf+xml"})
    void refusesABodyInTurtleInWordsThatArrive(String type) {
        for (String path : List.of("", "Patient", "Patient/$validate")) {
            exchange.send("POST", path, type, BodyPublishers.ofString("<a> <b> <c> ."))
                    .isRefused(415, "ML-FHIR-007");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "text/turtle, application/fhir+json",
                "*/*",
                "text/html,application/xhtml+xml,*/*;q=0.8"
            })
    void answersEveryoneWhoAcceptsAFormatItWrites(String accept) {
        exchange.get("metadata", "Accept", accept).hasStatus(200);
    }

    @Test
    void storesARecordThatClaimsAProfileItDoesNotKnow() {
        Patient child = aChild(unique("record"));
        child.getMeta().addProfile("https://example.org/fhir/StructureDefinition/of-elsewhere");

        Answer answer =
                exchange.post("Patient", exchange.context().newJsonParser().encodeResourceToString(child));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }
}
