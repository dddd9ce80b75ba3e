package ml.keneya.load.bundles;

import java.util.List;
import ml.keneya.load.exchange.Issue;

/** What became of one bundle. */
public sealed interface Outcome {
    String name();

    /**
     * The exchange keeps it.
     *
     * @param locations where each entry is kept, in the order of the bundle, empty for an entry that is kept nowhere
     * @param replayed whether the exchange had taken it before and repeated its answer
     */
    record Accepted(String name, List<String> locations, int resources, List<Issue> warnings, boolean replayed)
            implements Outcome {
        public Accepted {
            locations = List.copyOf(locations);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The exchange does not want it, or not all of it.
     *
     * @param resources how many were kept nevertheless: a batch is taken entry by entry
     */
    record Refused(String name, int status, int resources, List<Issue> issues) implements Outcome {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    /**
     * It was not sent.
     *
     * @param reason key of the message that says why
     */
    record Unsent(String name, String reason, String detail) implements Outcome {}
}
