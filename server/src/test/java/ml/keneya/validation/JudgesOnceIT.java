package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.batch;
import static ml.keneya.test.Records.creating;
import static ml.keneya.test.Records.putting;
import static ml.keneya.test.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each record is judged once, however it comes (decision 19), and the count of it is what an operator sees. Of devices,
 * which no other test sends.
 */
@KeneyaIntegrationTest
class JudgesOnceIT {

    @Autowired
    Exchange exchange;

    @Autowired
    RecordValidation validation;

    @Autowired
    MeterRegistry meters;

    private final String facility = unique("cscom");

    private static Device aRefrigerator() {
        Device device = new Device().setStatus(FHIRDeviceStatus.ACTIVE);
        device.addIdentifier().setSystem("https://keneya.ml/id/inventory").setValue(unique("device"));
        device.getType()
                .addCoding()
                .setSystem("https://keneya.ml/fhir/CodeSystem/ml-device-type")
                .setCode("refrigerator");
        return device;
    }

    /** A name is of a kind, which this one does not tell. */
    private static Device ofNoKind() {
        Device device = aRefrigerator();
        device.addDeviceName().setName("Réfrigérateur");
        return device;
    }

    @Test
    void inWhateverWayARecordComes() {
        long before = compiled();

        String created = exchange.create(aRefrigerator())
                .hasStatus(201)
                .header("Location")
                .orElseThrow();
        assertThat(compiled()).as("created alone").isEqualTo(before + 1);

        Device updated = aRefrigerator();
        updated.setId(created.replaceAll(".*/(Device/[^/]+)/_history/.*", "$1"));
        exchange.put(updated.getId(), updated).hasStatus(200);
        assertThat(compiled()).as("updated").isEqualTo(before + 2);

        send(transaction(creating(aRefrigerator()), creating(aRefrigerator()), putting(updated)))
                .hasStatus(200);
        assertThat(compiled()).as("a transaction of three").isEqualTo(before + 5);

        send(batch(creating(aRefrigerator()), creating(aRefrigerator()))).hasStatus(200);
        assertThat(compiled()).as("a batch of two").isEqualTo(before + 7);

        Answer accepted = send(
                        transaction(creating(aRefrigerator()), creating(aRefrigerator())), "Prefer", "respond-async")
                .hasStatus(202);
        String status = accepted.header("Content-Location").orElseThrow();
        await().until(() -> exchange.get(status).status() == 200);
        assertThat(compiled()).as("two accepted for later").isEqualTo(before + 9);

        exchange.send(
                        "PATCH",
                        updated.getId(),
                        "application/json-patch+json",
                        BodyPublishers.ofString("[{\"op\":\"add\",\"path\":\"/serialNumber\",\"value\":\"SN-1\"}]"))
                .hasStatus(200);
        assertThat(compiled()).as("patched").isEqualTo(before + 10);
    }

    @Test
    void alsoWhatIsRefused() {
        long before = official();

        exchange.create(ofNoKind()).isRefused(422, "ML-VALIDATION-001");
        assertThat(official()).as("alone").isEqualTo(before + 1);

        send(transaction(creating(ofNoKind()), creating(ofNoKind()))).isRefused(422, "ML-VALIDATION-001");
        assertThat(official()).as("in a transaction").isEqualTo(before + 3);

        FunctionCounter shown = meters.get("keneya.validation.records")
                .tag("type", "Device")
                .tag("validator", "official")
                .functionCounter();
        assertThat(shown.count()).isEqualTo(official());
    }

    private long compiled() {
        return validation.judged().byCompiledAlone("Device");
    }

    private long official() {
        return validation.judged().byOfficialToo("Device");
    }

    private Answer send(Bundle bundle, String... headers) {
        return exchange.post(
                "",
                exchange.json(bundle),
                Stream.concat(Stream.of("Keneya-Facility", facility), Stream.of(headers))
                        .toArray(String[]::new));
    }
}
