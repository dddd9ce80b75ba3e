package ml.keneya.load.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a server says that it keeps what was posted, for reads and searches. Filled by many threads, then only read.
 */
final class KeptIds {
    private static final int MOST = 60_000;
    private static final Pattern LOCATION = Pattern.compile(
            "\"location\"\\s*:\\s*\"(?:[^\"]*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history|\")");

    private final Map<String, List<String>> ids = new HashMap<>();

    synchronized void addFrom(String answer) {
        var matcher = LOCATION.matcher(answer);
        while (matcher.find()) {
            List<String> known = ids.computeIfAbsent(matcher.group(1), type -> new ArrayList<>());
            if (known.size() < MOST) {
                known.add(matcher.group(2));
            }
        }
    }

    synchronized String drawn(String type, Draws draws) {
        List<String> known = ids.getOrDefault(type, List.of());
        if (known.isEmpty()) {
            throw new BenchException("bench.nothing-kept", type);
        }
        return draws.from(known);
    }
}
