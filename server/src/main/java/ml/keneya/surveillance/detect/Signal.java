package ml.keneya.surveillance.detect;

/**
 * A week that has more cases than it should.
 *
 * @param rule code of {@code ml-alert-threshold}
 * @param level {@code alert} or {@code epidemic}
 * @param cases how many there are in the week, of the class that the rule counts
 * @param limit with how many cases in that week the rule is reached, or which number they must exceed
 */
public record Signal(String rule, String level, int cases, double limit) {

    public static final String EPIDEMIC = "epidemic";

    public boolean isEpidemic() {
        return level.equals(EPIDEMIC);
    }
}
