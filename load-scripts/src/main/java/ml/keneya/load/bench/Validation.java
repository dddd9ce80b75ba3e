package ml.keneya.load.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Asks {@code [type]/$validate} about resources that are valid. */
final class Validation implements Errand {
    private static final int BUNDLES = 200;
    private static final Pattern REFUSAL = Pattern.compile("\"severity\"\\s*:\\s*\"(error|fatal)\"");

    private final List<Request> requests = IntStream.range(0, BUNDLES)
            .boxed()
            .flatMap(number -> Workload.resources(number).stream())
            .map(Validation::request)
            .toList();

    private static Request request(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        return Request.post(type + "/$validate", resource.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @Override
    public Request request(int number) {
        return requests.get(number % requests.size());
    }

    @Override
    public Verdict judge(Response response) {
        boolean good =
                response.status() == 200 && !REFUSAL.matcher(response.text()).find();
        return good ? Verdict.good(1) : Verdict.fault(response.beginning());
    }
}
