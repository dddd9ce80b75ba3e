package ml.keneya.load.bench;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Posts bundles, each under the code of its site. Their bytes are made beforehand, outside the measured time. */
final class Ingestion implements Errand {
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"(\\d\\d\\d)");
    private static final String OK = "200";

    private final int first;
    private final byte[][] bodies;
    private final KeptIds kept;
    private final @Nullable String only;

    /** @param only the site that sends all of them; null for the one that each names */
    Ingestion(int first, int count, KeptIds kept, @Nullable String only) {
        this.first = first;
        this.kept = kept;
        this.only = only;
        this.bodies =
                IntStream.range(first, first + count).mapToObj(Workload::bundle).toArray(byte[][]::new);
    }

    @Override
    public Request request(int number) {
        String facility = only == null ? Visit.number(number).facility().code() : only;
        return Request.post("", bodies[number - first], Map.of("Keneya-Facility", facility));
    }

    @Override
    public Verdict judge(Response response) {
        if (response.status() >= 300) {
            return Verdict.fault(response.beginning());
        }
        String text = response.text();
        var statuses = STATUS.matcher(text);
        int entries = 0;
        boolean known = response.replayed();
        while (statuses.find()) {
            String status = statuses.group(1);
            if (status.charAt(0) != '2') {
                return Verdict.fault(response.beginning());
            }
            // A conditional create that found its person says 200: these bundles have been here before.
            known |= entries == 0 && status.equals(OK);
            entries++;
        }
        if (entries != Workload.RESOURCES_PER_BUNDLE) {
            return Verdict.fault(response.beginning());
        }
        kept.addFrom(text);
        return known ? Verdict.replayed(entries) : Verdict.good(entries);
    }
}
