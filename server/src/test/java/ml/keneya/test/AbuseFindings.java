package ml.keneya.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.keneya.test.Watch.Request;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** What was measured beside all abuse cases of a run, written to a file when it ends; nothing of it is asserted. */
final class AbuseFindings implements CloseableResource {

    private static final Path FILE = Path.of(System.getProperty("basedir", ""), "target", "abuse-cases.txt");

    private final Bystander bystander;
    private final Map<String, Long> growth = new TreeMap<>();
    private int requests;
    private int traced;

    AbuseFindings(Exchange exchange) {
        bystander = new Bystander(exchange);
    }

    Bystander bystander() {
        return bystander;
    }

    synchronized void count(List<Request> answered) {
        requests += answered.size();
        traced += (int) answered.stream().filter(Request::mustLeaveARow).count();
    }

    synchronized void heap(Class<?> tests, long megabytes) {
        growth.put(tests.getSimpleName(), megabytes);
    }

    @Override
    public synchronized void close() throws IOException {
        StringBuilder found = new StringBuilder("Reads of a bystander").append(System.lineSeparator());
        found.append(bystander.times()).append(System.lineSeparator());
        found.append("%d watched requests, %d that must have a row of the trace%n".formatted(requests, traced));
        growth.forEach((tests, megabytes) -> found.append("heap after %s: %+d MB%n".formatted(tests, megabytes)));
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        Files.writeString(FILE, found);
    }
}
