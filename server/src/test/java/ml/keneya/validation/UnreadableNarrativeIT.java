package ml.keneya.validation;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A narrative that is no XHTML (FHIR R4, section 2.4.0) is refused in words, wherever its record stands. */
@KeneyaIntegrationTest
class UnreadableNarrativeIT {

    @Autowired
    Exchange exchange;

    private static String observation(String narrative) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},
                 "text":{"status":"generated","div":"%s"},
                 "identifier":[{"system":"https://narrative.ml","value":"%s"}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
                 "effectiveDateTime":"2026-11-10T09:00:00Z",
                 "valueQuantity":{"value":7,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}""".formatted(narrative, unique("narrative"));
    }

    private static String bundle(String type, String record) {
        return """
                {"resourceType":"Bundle","type":"%s","entry":[{"fullUrl":"urn:uuid:%s","resource":%s,
                 "request":{"method":"POST","url":"Observation"}}]}""".formatted(type, UUID.randomUUID(), record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Poids < 8 kg",
                "<div xmlns='http://www.w3.org/1999/xhtml'><p>7 kg</div>",
                "&kilos;",
                "<p>7 kg</p>",
                "\\u0001"
            })
    void isRefusedInWordsWhereverItStands(String narrative) {
        String record = observation(narrative);
        List<Answer> answers = List.of(
                exchange.post("Observation", record),
                exchange.post("", bundle("transaction", record), "Keneya-Facility", unique("narrative")),
                exchange.post("", bundle("batch", record), "Keneya-Facility", unique("narrative")),
                exchange.post("Observation/$validate", record),
                exchange.post("Bundle/$validate", bundle("transaction", record)));

        assertThat(answers).allSatisfy(answer -> answer.isRefused(400, "ML-FHIR-001"));
    }
}
