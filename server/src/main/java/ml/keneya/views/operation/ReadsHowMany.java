package ml.keneya.views.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.views.upkeep.HowMany;

/** Understands {@code sample} (a number of records such as 500, or a share such as 5%) and {@code seed}. */
final class ReadsHowMany {

    private static final String SAMPLE = "sample";
    private static final String SEED = "seed";

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,2}(?:[.]\\d{1,6})?|100)%");
    private static final double PERCENT = 100;

    private ReadsHowMany() {}

    static HowMany read(OperationParameters parameters) {
        parameters.refuseAllBut(Set.of(SAMPLE, SEED));
        long seed = parameters.one(SEED).map(ReadsHowMany::seed).orElse(0L);
        return parameters.one(SAMPLE).map(wanted -> howMany(wanted, seed)).orElse(HowMany.ALL);
    }

    private static HowMany howMany(JsonNode value, long seed) {
        String text = value.asText();
        if (NUMBER.matcher(text).matches()) {
            return new HowMany(Integer.valueOf(text), 1, seed);
        }
        Matcher share = SHARE.matcher(text);
        if (share.matches() && Double.parseDouble(share.group(1)) > 0) {
            return new HowMany(null, Double.parseDouble(share.group(1)) / PERCENT, seed);
        }
        throw OperationParameters.bad(SAMPLE, value);
    }

    private static long seed(JsonNode value) {
        try {
            return Long.parseLong(value.asText());
        } catch (NumberFormatException wrong) {
            throw OperationParameters.bad(SEED, value);
        }
    }
}
