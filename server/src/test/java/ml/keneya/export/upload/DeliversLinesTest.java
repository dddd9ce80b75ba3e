package ml.keneya.export.upload;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.keneya.export.upload.DeliversLines.Sender;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirServer;
import ml.keneya.fhir.InnerRequests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** How often a line is delivered that is refused. */
class DeliversLinesTest {

    private static final String TOO_MANY_CLAIMS = """
            {"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"429 Too Many Requests",
             "outcome":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"throttled","details":
              {"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-refusal","code":"ML-LIMITS-013"}]}}]}}}]}""";

    /** The limit is one of a day: another try a second later is refused as well. */
    @Test
    void deliversNoLineAgainThatNamesTooManyPeopleForOneDay() {
        Answering answering = new Answering();
        DeliversLines delivers = new DeliversLines(
                answering, FhirContext.forR4Cached(), new Sender("http://here", Caller.local(), null, null));

        delivers.deliver(
                List.of(UploadedLine.of(1, "{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8))));

        assertThat(answering.deliveries).containsExactly("together", "alone");
        assertThat(delivers.summary().accepted()).isZero();
    }

    private static final class Answering extends InnerRequests {

        private final List<String> deliveries = new ArrayList<>();

        Answering() {
            super(new StaticListableBeanFactory().getBeanProvider(FhirServer.class));
        }

        @Override
        public InnerAnswer probe(String base, Map<String, String> headers, byte[] body, Caller caller) {
            deliveries.add("together");
            return new InnerAnswer(200, Map.of(), TOO_MANY_CLAIMS, null);
        }

        @Override
        public InnerAnswer deliver(String base, Map<String, String> headers, byte[] body, Caller caller) {
            deliveries.add("alone");
            return new InnerAnswer(200, Map.of(), TOO_MANY_CLAIMS, null);
        }
    }
}
