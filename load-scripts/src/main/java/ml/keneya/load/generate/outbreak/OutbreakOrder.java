package ml.keneya.load.generate.outbreak;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.generate.mali.OutbreakDisease;

/**
 * An outbreak as asked for on the command line: {@code measles,district=kita,week=2026-W08,cases=40,shape=propagated}.
 *
 * @param week the week in which the first case fell ill
 * @param weeks over how many weeks cases fall ill
 */
public record OutbreakOrder(
        OutbreakDisease disease, String district, EpidemiologicalWeek week, int cases, Curve shape, int weeks) {
    private static final int MOST_WEEKS = 104;

    /** @throws IllegalArgumentException with the part of the text that is not understood */
    public static OutbreakOrder parse(String text) {
        List<String> parts = List.of(text.split(","));
        OutbreakDisease disease = OutbreakDisease.named(parts.get(0).strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        parts.get(0) + " (" + String.join(", ", OutbreakDisease.codes()) + ")"));
        Map<String, String> given = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals < 0
                    || !List.of("district", "week", "cases", "shape", "weeks")
                            .contains(part.substring(0, equals).strip())) {
                throw new IllegalArgumentException(part);
            }
            given.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return new OutbreakOrder(
                disease,
                needed(given, "district"),
                EpidemiologicalWeek.parse(needed(given, "week")),
                count(needed(given, "cases"), Integer.MAX_VALUE),
                Optional.ofNullable(given.get("shape"))
                        .map(OutbreakOrder::curve)
                        .orElse(Curve.PROPAGATED),
                Optional.ofNullable(given.get("weeks"))
                        .map(weeks -> count(weeks, MOST_WEEKS))
                        .orElse(disease.weeks()));
    }

    private static String needed(Map<String, String> given, String key) {
        String value = given.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(key + "=?");
        }
        return value;
    }

    private static int count(String text, int most) {
        int count = Integer.parseInt(text);
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(text);
        }
        return count;
    }

    private static Curve curve(String text) {
        return Curve.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
